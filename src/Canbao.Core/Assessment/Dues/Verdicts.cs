using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Canbao.Policy;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;

namespace Canbao.Core.Assessment.Dues;

/// <summary>Makes the rows of verdicts.</summary>
static class Verdicts
{
    /// <summary>What a pack answered.</summary>
    public static DueVerdictRow Of(int area, Pack pack, Verdict verdict)
    {
        bool isDue = verdict.Outcome == Outcome.Due && verdict.Needs is null;
        return Identified(new()
        {
            Area = area,
            Pack = pack.Id,
            PackHash = pack.Hash,
            Outcome = verdict.Needs is null ? verdict.Outcome.Code() : OtherOutcomes.Incomplete,
            Personal = isDue ? verdict.PersonalDue.Fen : null,
            Standard = isDue ? verdict.PersonalStandard.Fen : null,
            Subsidy = isDue ? verdict.Subsidy.Fen : null,
            Funding = isDue ? AnswerText.Funding(verdict) : verdict.Needs ?? "",
            Clauses = string.Join(';', verdict.Clauses),
        });
    }

    /// <summary>An answer that no pack gives.</summary>
    public static DueVerdictRow Other(int area, string outcome, string detail = "") =>
        Identified(new() { Area = area, Outcome = outcome, Funding = detail });

    static DueVerdictRow Identified(DueVerdictRow row)
    {
        var text = string.Join(
            '\n', row.Pack, row.PackHash, row.Outcome, row.Personal, row.Standard, row.Subsidy, row.Funding, row.Clauses);
        return row with { VerdictId = IdOf(text) };
    }

    /// <summary>An identifier told from contents, so that the same contents have the same everywhere.</summary>
    public static long IdOf(string text) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & long.MaxValue;
}
