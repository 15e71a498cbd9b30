namespace Canbao.Vocabulary;

/// <summary>Sex, with the codes of GB/T 2261.1.</summary>
public enum Sex
{
    /// <summary>男, code 1.</summary>
    Male = 1,

    /// <summary>女, code 2.</summary>
    Female = 2,
}
