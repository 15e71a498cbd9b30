namespace Canbao.Vocabulary;

/// <summary>
/// The number of an identity document that residents enrol with; it exists only if it is valid.
/// <list type="bullet">
/// <item>18 digits by GB 11643 公民身份号码: address code 6, birth 8, sequence 3 (odd for men), check digit by ISO 7064
/// MOD 11-2. Prefixes 810000, 820000 and 830000 are residence permits of Hong Kong, Macao and Taiwan residents (国办发〔2018〕81号),
/// of the same build.</item>
/// <item>15 digits of old (GB 11643-1989): read as 19yy and kept as 18 digits with the computed check digit. The old form has no
/// check digit, so a slip in it goes unseen: see <see cref="WasFifteenDigits"/>.</item>
/// <item>Foreigners' permanent residence cards from 1 December 2023: 9, region 2, nationality 3 digits, birth 8, sequence 3,
/// check digit by the same MOD 11-2. Checked: digits, birth, check digit. Not checked: that the nationality exists.</item>
/// <item>Foreigners' cards from before: nationality 3 letters, region 4, birth yymmdd, sequence 1, check digit 1. Checked: the
/// three letters, the digits, and that month and day exist in 19yy or 20yy. Not checked: that the nationality exists, and the
/// check digit, for whose rule no official text was found; a valid card must not be refused on a guess.</item>
/// </list>
/// The check digit of 18 digits finds every single wrong character, every swap of neighbours, and every swap of two different
/// digits that are not exactly ten places apart; it finds ten in eleven of other slips. A number that passes may still belong
/// to nobody.
/// <para>Two numbers are equal if their <see cref="Full"/> texts are, so 15 digits equal their 18.</para>
/// </summary>
public sealed partial class CitizenNumber : IEquatable<CitizenNumber>
{
    /// <summary>How many characters all forms but the lettered have once they are normalised.</summary>
    const int FullLength = 18;

    readonly int maskFrom;
    readonly int maskLength;

    CitizenNumber(string full, CitizenNumberKind kind, DateOnly? birth, bool wasFifteenDigits)
    {
        Full = full;
        Kind = kind;
        Birth = birth;
        WasFifteenDigits = wasFifteenDigits;
        (maskFrom, maskLength) = kind == CitizenNumberKind.ForeignPermanentLettered ? (7, 6) : (6, 8);
    }

    /// <summary>A birth before this day is refused as impossible: no holder of a number can have been born before it.</summary>
    public static DateOnly EarliestBirth { get; } = new(1850, 1, 1);

    /// <summary>
    /// The whole number, 18 characters (15 for <see cref="CitizenNumberKind.ForeignPermanentLettered"/>), letters in upper case.
    /// Personal data: never to be logged; seeing it is a recorded act.
    /// </summary>
    public string Full { get; }

    /// <summary>Which document the number belongs to.</summary>
    public CitizenNumberKind Kind { get; }

    /// <summary>Day of birth; null for <see cref="CitizenNumberKind.ForeignPermanentLettered"/>, which leaves the century open.</summary>
    public DateOnly? Birth { get; }

    /// <summary>
    /// Sex by the parity of the sequence; null for foreigners' cards, for whose sequence no published rule says so.
    /// </summary>
    public Sex? Sex => Kind is CitizenNumberKind.ForeignPermanent or CitizenNumberKind.ForeignPermanentLettered
        ? null
        : (Full[16] - '0') % 2 == 1 ? Vocabulary.Sex.Male : Vocabulary.Sex.Female;

    /// <summary>Whether the number was given in the 15 digits of old, without a check digit.</summary>
    public bool WasFifteenDigits { get; }

    /// <summary>
    /// The place in the number: 6 digits (county of first registration), 2 digits (province) for
    /// <see cref="CitizenNumberKind.ForeignPermanent"/>, 4 digits (city) for
    /// <see cref="CitizenNumberKind.ForeignPermanentLettered"/>. It never changes when the person moves.
    /// </summary>
    public string AddressCode => Kind switch
    {
        CitizenNumberKind.ForeignPermanent => Full[1..3],
        CitizenNumberKind.ForeignPermanentLettered => Full[3..7],
        _ => Full[..6],
    };

    /// <summary>
    /// Whether the address code begins with a province-level code of GB/T 2260 (11 to 65, 71, 81, 82) or 83 (permits of Taiwan
    /// residents). False is a reason to look again, never to refuse. Codes of cities and counties are not looked up.
    /// </summary>
    public bool HasKnownAddressCode => int.Parse(AddressCode.AsSpan(0, 2)) is
        >= 11 and <= 15 or >= 21 and <= 23 or >= 31 and <= 37 or >= 41 and <= 46 or >= 50 and <= 54 or >= 61 and <= 65
        or 71 or 81 or 82 or 83;

    /// <summary>
    /// The number for screens and printed lists, its birth digits starred as offices do: <c>110101********0014</c> (first six, last
    /// four), <c>XXA1100******10</c> for the lettered form. Not for public posting, which shows no number at all.
    /// </summary>
    public string Masked => string.Create(Full.Length, this, static (to, number) =>
    {
        number.Full.CopyTo(to);
        to.Slice(number.maskFrom, number.maskLength).Fill('*');
    });

    /// <summary>
    /// Valid numbers for examples and tests, one of each form and one with an unknown address code. They are invented: births on
    /// 1900-01-01 or in 2099, nationalities that ISO 3166 leaves to users.
    /// </summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "110101190001010014", "370613209912310024", "000000190001010025", "110101000101001", "810000190001010018",
        "820000190001010028", "830000190001010038", "911900190001010011", "XXA110000010110",
    ];

    /// <summary>The check character of GB 11643 (ISO 7064 MOD 11-2) for the first 17 digits, <c>0</c>–<c>9</c> or <c>X</c>.</summary>
    /// <param name="digits">17 ASCII digits.</param>
    /// <exception cref="ArgumentException">Not 17 ASCII digits.</exception>
    public static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        if (digits.Length != FullLength - 1 || digits.ContainsAnyExceptInRange('0', '9'))
            throw new ArgumentException("Not 17 digits.", nameof(digits));
        int sum = 0;
        foreach (char digit in digits)
            sum = (sum + (digit - '0')) * 2 % 11;
        return "10X98765432"[sum];
    }

    /// <summary>Whether both are the same number, whichever form they were given in.</summary>
    public bool Equals(CitizenNumber? other) => other is not null && Full == other.Full;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CitizenNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => Full.GetHashCode(StringComparison.Ordinal);

    /// <summary>The masked form, so that a log never carries a number.</summary>
    public override string ToString() => Masked;
}
