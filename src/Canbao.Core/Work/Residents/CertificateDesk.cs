using System.Globalization;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Residents;

/// <summary>That somebody is covered in a year.</summary>
/// <param name="Person">Who.</param>
/// <param name="Year">The insurance year.</param>
/// <param name="Spans">The spans of cover, none where there is nothing to certify.</param>
/// <param name="Payment">What was paid, or null where others bear everything.</param>
public sealed record Certificate(PersonRow Person, InsuranceYear Year, IReadOnlyList<CoverSpanRow> Spans, PaymentRow? Payment)
{
    /// <summary>Its number, by which it is checked: area, year, and the person's number in this system.</summary>
    public string Number => string.Create(CultureInfo.InvariantCulture, $"{Person.Area}-Z{Year.Year}-{Person.PersonId}");
}

/// <summary>
/// Certificates with a code that anybody can check. Nothing is kept of them: the code is made of what stands on the paper, and checking
/// makes it again of what is so now. So a paper whose cover has changed since does not pass.
/// </summary>
/// <param name="vault">Makes the codes.</param>
public sealed class CertificateDesk(Vault vault)
{
    /// <summary>What can be certified of somebody for a year.</summary>
    public static async Task<Certificate?> FindAsync(Session session, int area, InsuranceYear year, long person)
    {
        if (await People.FindAsync(session, area, person) is not { } row)
            return null;
        return new(
            row, year, await Covers.OfAsync(session, area, [year.Year], [row.PersonId]),
            (await Payments.OfAsync(session, area, [year.Year], [row.PersonId])).FirstOrDefault());
    }

    /// <summary>The code of a certificate: what stands on it, under the key of this installation; 40 bits, two groups of four.</summary>
    public string Code(Certificate one)
    {
        var spans = one.Spans.Select(span => FormattableString.Invariant($"{span.FromDay:yyyyMMdd}-{span.UntilDay:yyyyMMdd}"));
        var paid = one.Payment is { } payment ? FormattableString.Invariant($"{payment.Amount}|{payment.PaidOn:yyyyMMdd}") : "";
        string[] said = ["certificate", one.Number, one.Person.Name, one.Person.NumberMask, paid, .. spans];
        return LetterCodes.Check(vault.Hash(string.Join('|', said)));
    }

    /// <summary>Holds a paper against what is so now; null where number and code do not belong together, or not any more.</summary>
    public async Task<Certificate?> CheckAsync(Session session, string number, string code)
    {
        if (number.Trim().Split('-') is not [var first, ['Z' or 'z', .. var year], var last]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int area)
            || !InsuranceYear.TryParse(year, out var insured)
            || !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long person))
            return null;
        return await FindAsync(session, area, insured, person) is { Spans.Count: > 0 } found && LetterCodes.IsSame(Code(found), code)
            ? found
            : null;
    }
}
