using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Changes;
using Canbao.Core.Work.Exchange;
using Canbao.Core.Work.Funding;
using Canbao.Core.Work.Rollover;
using Canbao.Core.Work.Shadow;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Jobs;

/// <summary>The kinds of work that pages ask for and do not wait for.</summary>
public sealed class JobKinds
{
    const string ExchangePage = "/exchange";

    readonly Dictionary<string, JobKind> all;

    /// <summary>Kinds by what they are done with.</summary>
    /// <param name="rollover">Renews and assesses.</param>
    /// <param name="booking">Books what funders owe.</param>
    /// <param name="lists">Applies lists.</param>
    /// <param name="changes">Tells and draws consequences.</param>
    /// <param name="shadow">Compares packs.</param>
    /// <param name="friday">Makes lists of who has paid.</param>
    /// <param name="feed">Makes what tax is told.</param>
    public JobKinds(
        RolloverDesk rollover, ShareBooking booking, ListDesk lists, ChangeDesk changes, ShadowRun shadow, FridayLists friday, TaxFeed feed)
    {
        Renew = new("renew", "默认续保", "人", (run, order) => run.InActAsync("enrol.renew", async act =>
            new($"已续保 {await rollover.RenewAsync(act, new(order.Year))} 人", RolloverPage(order.Year))));
        Dues = new("dues", "核定应缴", "人", (run, order) => run.InActAsync("dues.make", async act =>
        {
            var made = await rollover.MakeDuesAsync(act, new(order.Year), order.Day, run);
            return new($"已核定 {made.Seen} 人，新核定 {made.Added} 人，变化 {made.Changed} 人", RolloverPage(order.Year));
        }));
        Book = new("book", "核算资助资金", "人", (run, order) => run.InActAsync("funding.book", async act =>
            new(FundingText.Told(await booking.BookAsync(act, new(order.Year), run)), $"/funding?year={order.Year}")));
        Apply = new("list", "名单生效", "人", (run, order) => run.InActAsync("roster.apply", async act =>
        {
            var years = Array.ConvertAll(order.Years, year => new InsuranceYear(year));
            var change = lists.Change(order.Upload, Read(order), order.Digest, false, years) with { AsksForRefunds = order.WithRefunds };
            await changes.ApplyAsync(act, order.Viewer, change, order.EffectsDigest);
            var latest = await RosterDesk.LatestAsync(act.Session, act.Area, order.Department);
            return latest?.ActId == act.Id
                ? new("名单已生效", $"/rosters/versions/{latest.VersionId}") : new("名单与在册的相同，没有变化", "/rosters");
        }));
        Compare = new("shadow", "政策试算", "人", (run, order) => CompareAsync(shadow, run, order));
        Friday = new("friday", "生成已缴未缴名单", "个单位", async (run, order) => new(
            (await friday.MakeAsync(run.Job.Area, run.Doer, order.Day, new(order.Year), run, run.Cancel)).Told("名单"), ExchangePage))
        {
            IsWhole = false,
        };
        Registrations = new("registrations", "生成发税务数据", "人", async (run, order) => new(
            (await feed.MakeAsync(run.Job.Area, run.Doer, new(order.Year), run.Cancel)).Told("数据"), ExchangePage))
        {
            IsWhole = false,
        };
        all = new JobKind[] { Renew, Dues, Book, Apply, Compare, Friday, Registrations }.ToDictionary(kind => kind.Code);
    }

    /// <summary>Renews by default whoever is not renewed yet.</summary>
    public JobKind<YearOrder> Renew { get; }

    /// <summary>Assesses everybody for a payment day.</summary>
    public JobKind<DayOrder> Dues { get; }

    /// <summary>Books what funders owe.</summary>
    public JobKind<YearOrder> Book { get; }

    /// <summary>Applies a list as it was shown.</summary>
    public JobKind<ListOrder> Apply { get; }

    /// <summary>Compares packs for many people; a file of its units' sums comes of it.</summary>
    public JobKind<CompareOrder> Compare { get; }

    /// <summary>Makes the lists of a Friday.</summary>
    public JobKind<DayOrder> Friday { get; }

    /// <summary>Makes what tax is told of registrations and dues.</summary>
    public JobKind<YearOrder> Registrations { get; }

    /// <summary>A kind by its code; null for one that this program does not know.</summary>
    public JobKind? Find(string code) => all.GetValueOrDefault(code);

    static string RolloverPage(int year) => $"/policies/rollover?year={year}";

    static RosterOrder Read(ListOrder order) => new(order.Department, order.Kind, order.From)
    {
        Category = order.Category,
        HandedInOn = order.HandedInOn,
        Words = new(order.Columns, order.Words),
    };

    static async Task<JobResult> CompareAsync(ShadowRun shadow, JobRun run, CompareOrder order)
    {
        var (totals, tree) = await run.Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, run.Job.Area);
                var asked = new ShadowOrder(Side(order.Now), Side(order.Then), BusinessDay.Of(session.Now))
                {
                    Within = order.Unit.Length > 0 && tree.Find(order.Unit) is { } unit ? new UnitRange(tree.PathOf(unit)) : null,
                };
                return (await shadow.RunAsync(session, run.Job.Area, asked, run), tree);
            },
            run.Cancel);
        using var content = new MemoryStream();
        ShadowFile.Write(totals, tree, content);
        return new($"已试算 {totals.People} 人，各单位多缴、少缴人数和各承担方金额见文件", "/policies/shadow")
        {
            File = ($"政策试算-{order.Then.Pack}.csv", content.ToArray()),
        };
    }

    static ShadowSide Side(SideOrder order) => new(new(order.Year), order.On, order.Pack);
}
