using System.Globalization;
using System.Text;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>
/// The number of a payment notice: e-tax declares, gets it, and pays by it (<c>lishi 五(一)-(五)</c>). It says whom and which year it is
/// for and when it was made, and nobody but this installation can make one; so nothing need be stored until money moves.
/// </summary>
/// <param name="vault">Its look-up key makes the check letters.</param>
public sealed class DeclarationNumber(Vault vault)
{
    /// <summary>How many days a notice holds, its own included (<c>laishan 四(四)-schools</c>: within three days of the notice).</summary>
    public const int Days = 4;

    const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const int PersonLetters = 13;
    const int CheckLetters = 8;
    const int FixedDigits = 6 + 4 + 6;

    /// <summary>Makes a number.</summary>
    public string Make(int area, InsuranceYear year, long person, DateOnly day)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{area:000000}{year.Year:0000}{day:yyMMdd}{Text(person)}");
        return head + Check(head);
    }

    /// <summary>Reads a number of this installation.</summary>
    /// <exception cref="RefusedException">C109: it is not one of ours, of another area, or no longer holds.</exception>
    public (InsuranceYear Year, long Person) Read(int area, string number, DateOnly today)
    {
        const int headLength = FixedDigits + PersonLetters;
        var head = number.Length == headLength + CheckLetters ? number[..headLength] : null;
        if (head is null || Check(head) != number[headLength..] || head[..6] != area.ToString("000000", CultureInfo.InvariantCulture))
            throw new RefusedException("C109", "没有这个缴费通知号；请核对，或重新申报");
        var made = DateOnly.ParseExact("20" + head[10..16], "yyyyMMdd", CultureInfo.InvariantCulture);
        if (today > made.AddDays(Days - 1))
            throw new RefusedException("C109", $"缴费通知已于{made.AddDays(Days - 1):yyyy-MM-dd}到期；请重新申报");
        return (new(int.Parse(head[6..10], CultureInfo.InvariantCulture)), Value(head[FixedDigits..]));
    }

    string Check(string head)
    {
        var hash = vault.Hash("declaration\n" + head);
        var check = new StringBuilder(CheckLetters);
        for (int at = 0; at < CheckLetters; at++)
            check.Append(Letters[hash[at] % Letters.Length]);
        return check.ToString();
    }

    static string Text(long value)
    {
        Span<char> text = stackalloc char[PersonLetters];
        for (int at = PersonLetters - 1; at >= 0; at--, value /= Letters.Length)
            text[at] = Letters[(int)(value % Letters.Length)];
        return new(text);
    }

    static long Value(string text) => text.Aggregate(0L, (value, letter) => checked(value * Letters.Length + Letters.IndexOf(letter)));
}
