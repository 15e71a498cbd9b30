using Canbao.Vocabulary;

namespace Canbao.Policy.Facts;

/// <summary>
/// All that a policy may ask about one person and one payment: the input row of the assessment contract. Dates are calendar days in
/// Asia/Shanghai; <see cref="NoDate"/> stands for an empty date.
/// </summary>
public readonly record struct PersonFacts
{
    /// <summary>Stands for an empty date; no real date of the domain equals it.</summary>
    public static readonly DateOnly NoDate = DateOnly.MinValue;

    /// <summary>Creates facts with every optional fact empty.</summary>
    public PersonFacts()
    {
    }

    /// <summary>Day of birth; always given.</summary>
    public DateOnly BirthDate { get; init; }

    /// <summary>Day on which payment is made or asked about; always given.</summary>
    public DateOnly PaidOn { get; init; }

    /// <summary>Day of enrolment registration, or <see cref="NoDate"/>.</summary>
    public DateOnly RegisteredOn { get; init; }

    /// <summary>Last day of employee insurance, or <see cref="NoDate"/>.</summary>
    public DateOnly EmployeeCoverEnded { get; init; }

    /// <summary>Day on which a new student entered school, or <see cref="NoDate"/>.</summary>
    public DateOnly SchoolEntryDate { get; init; }

    /// <summary>Where the person is at home.</summary>
    public Residence Residence { get; init; }

    /// <summary>How the person works.</summary>
    public Employment Employment { get; init; }

    /// <summary>The kind of school attended.</summary>
    public Student Student { get; init; }

    /// <summary>Another ground of scope.</summary>
    public ScopeStatus ScopeStatus { get; init; }

    /// <summary>Insurance elsewhere for the insurance year asked about.</summary>
    public OtherCover OtherCover { get; init; }

    /// <summary>Chosen tier: 0 (not chosen), 1 or 2.</summary>
    public byte Tier { get; init; }

    /// <summary>Never enrolled here before.</summary>
    public bool FirstTime { get; init; }

    /// <summary>Assisted categories in force on the payment day: bit <c>i</c> is category <c>i</c> of the catalogue.</summary>
    public ulong Categories { get; init; }

    /// <summary>
    /// What in these facts contradicts itself, by the assessment contract, or null: a birth after registration or payment,
    /// registration after payment, or the end of employee insurance after payment.
    /// </summary>
    public FactFault? FindContradiction()
    {
        if (BirthDate > PaidOn)
            return new FactFault("birth_date", $"出生日期{BirthDate:yyyy-MM-dd}晚于缴费日期{PaidOn:yyyy-MM-dd}，请核对两个日期");
        if (RegisteredOn != NoDate && BirthDate > RegisteredOn)
            return new FactFault("birth_date", $"出生日期{BirthDate:yyyy-MM-dd}晚于登记日期{RegisteredOn:yyyy-MM-dd}，请核对两个日期");
        if (RegisteredOn > PaidOn)
            return new FactFault("registered_on", $"登记日期{RegisteredOn:yyyy-MM-dd}晚于缴费日期{PaidOn:yyyy-MM-dd}，请核对两个日期");
        if (EmployeeCoverEnded > PaidOn)
            return new FactFault("employee_cover_ended", $"职工医保停保日期{EmployeeCoverEnded:yyyy-MM-dd}晚于缴费日期{PaidOn:yyyy-MM-dd}，请核对两个日期");
        return null;
    }
}

/// <summary>Why one fact cannot be used.</summary>
/// <param name="Column">The contract's column.</param>
/// <param name="Reason">What is wrong and what to do, in Chinese.</param>
public readonly record struct FactFault(string Column, string Reason);
