using System.Text;
using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Policy.Packs;

namespace Canbao.TestKit;

/// <summary>What a site's departments have handed in before its pages are opened.</summary>
public sealed partial class WebSite
{
    RosterDesk Lists => new(vault, CatalogueNames.Of(new PackLibrary(Repository.Path("policies"))));

    /// <summary>Keeps a department's list, which then waits.</summary>
    public async Task<long> HandInAsync(RosterOrder order, string text, string account = "list_department") => (await Act.DoAsync(
        Database, Area, new(account, "测试"), "roster.keep",
        act => Lists.KeepAsync(act, order, "名单.csv", new MemoryStream(Encoding.UTF8.GetBytes(text))))).Upload.UploadId;

    /// <summary>Compares a file of a department, or of the bureau where that is empty.</summary>
    public Task<ComparisonReport> CompareAsync(ComparisonSource source, string department, string text) => Act.DoAsync(
        Database, Area, Setup, "compare", act => new Comparisons(vault).HandInAsync(
            act, source, PackYear, new(department, "来文.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)))));

    /// <summary>Opens a clock of an office.</summary>
    public Task<ClockRow> OpenClockAsync(ClockKind kind, string office, DateOnly on, string? unit = null) => Act.DoAsync(
        Database, Area, Setup, "clock.open", act => Clocks.Published.OpenAsync(act, kind, office, $"{on:M月d日}的变动", on, unit));

    /// <summary>The findings that are to be decided.</summary>
    public Task<List<Core.Registry.Comparison.Finding>> FindingsAsync() =>
        Database.ReadAsync(session => new Comparisons(vault).ListAsync(session, Area, new(null), (0, 100)));

    /// <summary>Keeps a department's list and applies it.</summary>
    public async Task<RosterVersionRow> ApplyAsync(RosterOrder order, string text)
    {
        var upload = await HandInAsync(order, text);
        var outcome = await Database.ReadAsync(session => Lists.TryAsync(session, Area, upload, order));
        return (await Act.DoAsync(Database, Area, Setup, "roster.apply", act => Lists.ApplyAsync(act, upload, order, outcome.Digest)))!;
    }
}
