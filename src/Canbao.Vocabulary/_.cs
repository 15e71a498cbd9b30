namespace Canbao.Vocabulary;
