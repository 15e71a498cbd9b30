namespace Canbao.Vocabulary;

/// <summary>Where a person is at home. Values are indexes into the codes of the assessment contract.</summary>
public enum Residence : byte
{
    /// <summary>本地户籍.</summary>
    LocalHukou,

    /// <summary>持本地居住证.</summary>
    ResidencePermit,

    /// <summary>Neither a local register entry nor a permit.</summary>
    NonLocal,

    /// <summary>Hong Kong, Macao or Taiwan resident living here.</summary>
    HongKongMacaoTaiwan,
}

/// <summary>How a person works. Values are indexes into the codes of the assessment contract.</summary>
public enum Employment : byte
{
    /// <summary>Not employed.</summary>
    None,

    /// <summary>Belongs in employee insurance.</summary>
    Employee,

    /// <summary>灵活就业.</summary>
    Flexible,
}

/// <summary>The kind of school a person attends. Values are indexes into the codes of the assessment contract.</summary>
public enum Student : byte
{
    /// <summary>Attends none.</summary>
    None,

    /// <summary>幼儿园.</summary>
    Kindergarten,

    /// <summary>Primary to senior secondary school.</summary>
    School,

    /// <summary>Full-time higher education.</summary>
    College,

    /// <summary>Secondary vocational and technical school.</summary>
    Vocational,
}

/// <summary>Other grounds of scope. Values are indexes into the codes of the assessment contract.</summary>
public enum ScopeStatus : byte
{
    /// <summary>No other ground.</summary>
    None,

    /// <summary>宗教教职人员.</summary>
    Clergy,

    /// <summary>被监管人员.</summary>
    Inmate,

    /// <summary>武警官兵.</summary>
    ArmedPolice,

    /// <summary>社会弃婴.</summary>
    Foundling,

    /// <summary>Employee of a failing firm without employee insurance.</summary>
    FailingFirm,

    /// <summary>Child living with a parent who holds a permit or is insured here.</summary>
    MigrantChild,
}

/// <summary>Insurance elsewhere. Values are indexes into the codes of the assessment contract.</summary>
public enum OtherCover : byte
{
    /// <summary>Not insured elsewhere.</summary>
    None,

    /// <summary>Employee insurance elsewhere.</summary>
    EmployeeElsewhere,

    /// <summary>Resident insurance elsewhere.</summary>
    ResidentElsewhere,
}
