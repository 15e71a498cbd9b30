using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Reporting;

/// <summary>Keeps decided work funds.</summary>
public static class WorkFundStore
{
    /// <summary>The versions of a unit, the last first.</summary>
    public static Task<List<WorkFundRow>> VersionsAsync(Session session, int area, InsuranceYear year, string unit)
    {
        int number = year.Year;
        return session.Table<WorkFundRow>().Where(row => row.Area == area && row.InsuranceYear == number && row.Unit == unit)
            .OrderByDescending(row => row.Version).ToListAsync();
    }

    /// <summary>The lines of a version.</summary>
    public static Task<List<WorkFundLineRow>> LinesAsync(Session session, WorkFundRow fund) => session.Table<WorkFundLineRow>()
        .Where(row => row.Area == fund.Area && row.InsuranceYear == fund.InsuranceYear && row.Unit == fund.Unit
            && row.Version == fund.Version).OrderBy(row => row.Place).ToListAsync();

    /// <summary>Keeps a version with its lines, whose version it fills in.</summary>
    public static async Task AddAsync(Act act, WorkFundRow fund, IReadOnlyList<WorkFundLineRow> lines)
    {
        await act.Session.Data.InsertAsync(fund with { Area = act.Area, ActId = act.Id });
        await act.Session.WriteAsync(lines.Select(line => line with { Area = act.Area, Version = fund.Version }).ToList());
        act.Record("work_fund", $"{fund.InsuranceYear}/{fund.Unit}/{fund.Version}", "decided", null, new
        {
            fund.Unit,
            fund.People,
            Amount = Money.FromFen(fund.Amount).ToString(),
            fund.Reason,
            fund.Digest,
        });
    }

    /// <summary>Tells lines from others, whatever their version.</summary>
    public static string DigestOf(IEnumerable<WorkFundLineRow> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', lines.Select(line => FormattableString.Invariant(
            $"{line.Community} {line.Settled} {line.Base} {line.HasTarget} {line.Active} {line.ActiveBase} {line.PerPerson} {line.Amount}")
            + " " + line.Working)))));
}
