namespace Canbao.Core.Registry;

/// <summary>What a person is to the head of the household.</summary>
public enum Relation
{
    /// <summary>户主.</summary>
    Head,

    /// <summary>配偶.</summary>
    Spouse,

    /// <summary>子.</summary>
    Son,

    /// <summary>女.</summary>
    Daughter,

    /// <summary>父亲.</summary>
    Father,

    /// <summary>母亲.</summary>
    Mother,

    /// <summary>孙子、外孙.</summary>
    Grandson,

    /// <summary>孙女、外孙女.</summary>
    Granddaughter,

    /// <summary>兄弟姐妹.</summary>
    Sibling,

    /// <summary>祖父母、外祖父母.</summary>
    Grandparent,

    /// <summary>其他亲属.</summary>
    OtherRelative,

    /// <summary>非亲属.</summary>
    NoRelative,
}
