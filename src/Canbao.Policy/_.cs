namespace Canbao.Policy;
