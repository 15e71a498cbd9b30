using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Funding;

/// <summary>The people behind a funder's bill as a workbook for finance (<c>baogou 二(五)2</c>).</summary>
public static class FundingFile
{
    /// <summary>The most lines of a file; more are to be asked for by unit or month.</summary>
    public const int Most = 100_000;

    static readonly FormColumn[] Columns =
    [
        new("序号", 6), new("单位", 18), new("姓名", 12), new("证件号码", 22), new("承担方", 16), new("资助对象", 22), new("依据", 18),
        new("金额（元）", 12), new("日期", 12),
    ];

    /// <summary>Writes the list; numbers stay masked.</summary>
    /// <exception cref="RefusedException">C197: nobody is on it, or more lines than fit.</exception>
    public static async Task WriteAsync(Act act, Viewer viewer, BillFilter filter, Stream stream, int most = Most)
    {
        var people = await FundingBills.PeopleAsync(act.Session, viewer, filter, (0, most + 1));
        if (people.Count == 0)
            throw new RefusedException("C197", "没有符合条件的人，不生成名单");
        if (people.Count > most)
            throw new RefusedException("C197", $"名单超过 {most} 行，不生成；请选承担方、月份或下级单位，分开下载");
        var form = new FormWorkbook("资助资金", [.. Columns]);
        form.AddLine($"{filter.Year}年度城乡居民医保资助资金名单", isTitle: true);
        long sum = people.Sum(one => one.Amount);
        form.AddLine($"{act.Today:yyyy-MM-dd}　　{people.Count} 笔，{Money.FromFen(sum)} 元（扣回为负数）");
        form.AddHeader();
        foreach (var (place, one) in people.Index())
        {
            form.AddRow([
                $"{place + 1}", one.UnitName, one.Name, one.NumberMask, one.Ground.PayerName, one.Ground.Name, one.Ground.Clause,
                Money.FromFen(one.Amount).ToString(), $"{one.Day:yyyy-MM-dd}",
            ]);
        }

        form.Write(stream);
        act.Record("funding", filter.Year, "exported", null, new { Rows = people.Count, Amount = Money.FromFen(sum).ToString() });
    }
}
