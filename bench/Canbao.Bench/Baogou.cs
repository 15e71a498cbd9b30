namespace Canbao.Bench;

/// <summary>Why something or nothing can be paid, in the contract's words.</summary>
enum Outcome : byte { Due, DuplicateCover, OutOfScope, NotRegistered, NotOpen, Closed }

/// <summary>One person's answer: amounts in fen, dates absent where there is no cover, clause ids joined as the contract has it.</summary>
readonly record struct Decision(
    Outcome Outcome, long PersonalDue, long CityFinance, long TownFinance, long Subsidy, DateOnly? From, DateOnly? To, string Clauses);

/// <summary>The figures, dates, lists and clause ids of Baogou's notice for 2022, shared by the contenders in C#.</summary>
static class Baogou
{
    public const long Personal = 320_00, Subsidy = 580_00, HalfPersonal = Personal / 2, LatePrice = Personal + Subsidy;

    /// <summary>The day asked about where a row has no <c>paid_on</c>.</summary>
    public const string On = "2021-12-01";

    public static readonly DateOnly OnDay = new(2021, 12, 1);
    public static readonly DateOnly Opens = new(2021, 10, 26), CentralEnds = new(2021, 12, 10);
    public static readonly DateOnly YearBegins = new(2022, 1, 1), YearEnds = new(2022, 12, 31);
    public static readonly DateOnly SeventyBy = new(1951, 12, 31), SixtyBy = new(1961, 12, 31);

    /// <summary>Late payers wait 30 days, the payment day not counted: cover begins this many days after it.</summary>
    public const int LateCoverAfter = 31;

    public static readonly string[] PoorNames =
    [
        "poverty_alleviated", "monitored_household", "minimum_living_rural", "minimum_living_urban", "extreme_poverty_rural",
        "extreme_poverty_urban", "orphan", "unattended_child", "key_hardship_child",
    ];

    public static readonly string[] FamilyNames = ["fp_one_daughter", "fp_two_daughters", "fp_only_child_harmed"];
    public static readonly string[] DisabledNames = ["severe_disability"];
    public static readonly string[] EntitledNames = ["entitled_group"];

    public static readonly ulong Poor = Codes.Bits(PoorNames);
    public static readonly ulong Family = Codes.Bits(FamilyNames);
    public static readonly ulong Disabled = Codes.Bits(DisabledNames);
    public static readonly ulong Entitled = Codes.Bits(EntitledNames);
    public static readonly ulong Listed = Poor | Family | Disabled | Entitled;

    public const string Price = "baogou 二(一)", Period = "baogou 二(三)", Scope = "baogou 二(四)-scope";
    public const string First = "baogou 二(四)-first", Duplicate = "baogou 二(四)-duplicate", Highest = "baogou 二(二)-highest";

    const string Before = Scope + ";" + Price + ";", After = ";" + Period, Several = ";" + Highest + After;

    public const string Plain = Before + Period;
    public const string Aid1 = Before + "baogou 二(二)1" + After, Aid1Highest = Before + "baogou 二(二)1" + Several;
    public const string Aid2 = Before + "baogou 二(二)2" + After, Aid2Highest = Before + "baogou 二(二)2" + Several;
    public const string Aid3 = Before + "baogou 二(二)3" + After, Aid3Highest = Before + "baogou 二(二)3" + Several;
    public const string Aid4 = Before + "baogou 二(二)4" + After, Aid4Highest = Before + "baogou 二(二)4" + Several;
    public const string Aid5 = Before + "baogou 二(二)5" + After, Aid5Highest = Before + "baogou 二(二)5" + Several;
}
