namespace Canbao.Core;
