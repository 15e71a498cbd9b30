using Canbao.Core.Access;
using Canbao.Core.Exchange;
using Canbao.Core.Units;
using Canbao.Core.Work.Exchange;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What is exchanged with other offices: what a person should look at first.</summary>
sealed class ExchangeModel(FundRequests fundRequests, TimeProvider clock) : OfficePage
{
    static readonly string[] Shouting = [Messages.Stuck, Messages.TurnedAway, Messages.Waiting];

    IReadOnlyDictionary<string, int> counts = new Dictionary<string, int>();
    UnitTree tree = null!;

    public static IReadOnlyList<SelectListItem> States { get; } =
        [new("全部", ""), .. Messages.States.Select(one => new SelectListItem(one.Chinese, one.Code))];

    public static IReadOnlyList<SelectListItem> Directions { get; } =
        [new("全部", ""), new("发出", Messages.Out), new("来文", Messages.In)];

    [BindProperty(SupportsGet = true)]
    public string Partner { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Direction { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ListedMessage> Found { get; private set; } = [];

    public bool More { get; private set; }

    public IReadOnlyList<ExchangePartnerRow> PartnersShown { get; private set; } = [];

    /// <summary>Words that wait for a translation.</summary>
    public int Unmapped { get; private set; }

    /// <summary>States with how many messages are in them, and whether they call for somebody.</summary>
    public IEnumerable<(string State, int Count, bool IsOpen)> Figures =>
        new[] { Messages.Stuck, Messages.TurnedAway, Messages.Waiting, Messages.Queued, Messages.Sent }
            .Select(state => (state, counts.GetValueOrDefault(state), Shouting.Contains(state)));

    public IReadOnlyList<SelectListItem> PartnerChoices =>
        [new("全部", ""), .. PartnersShown.Select(one => new SelectListItem(one.Name, one.Partner))];

    /// <summary>Whether the viewer makes and sends messages.</summary>
    public bool MayAct => MayActAs(Viewer);

    /// <summary>The Friday of the lists that can be made.</summary>
    public DateOnly Friday => FridayLists.Of(Today);

    /// <summary>Whether somebody makes and sends messages, and says what words mean.</summary>
    public static bool MayActAs(Viewer viewer) => viewer.Role is Role.Bureau or Role.Tax;

    /// <summary>What a message is.</summary>
    public static string Kind(ExchangeMessageRow row) => row.Kind.Length == 0 ? "来文" : ExchangeKind.Name(row.Kind);

    /// <summary>What a partner gets or sends.</summary>
    public static string Kinds(ExchangePartnerRow partner, string direction) =>
        ExchangeKind.All.Where(kind => kind.Direction == direction && kind.Offices.Contains(partner.Office))
            .Select(kind => kind.Chinese).ToList() is { Count: > 0 } kinds ? string.Join('、', kinds) : "—";

    /// <summary>The badge of a receipt.</summary>
    public static string Badge(ExchangeReceiptRow receipt) => receipt.State switch
    {
        Receipts.Accepted => "good",
        Receipts.Partly => "warn",
        _ => "bad",
    };

    /// <summary>The badge of a message.</summary>
    public static string Badge(ExchangeMessageRow row, DateTimeOffset now) => row.State switch
    {
        Messages.Answered or Messages.Done => "good",
        Messages.Stuck or Messages.TurnedAway => "bad",
        _ => Messages.IsLate(row, now) ? "warn" : "",
    };

    public string Badge(ExchangeMessageRow row) => Badge(row, clock.GetUtcNow());

    public string UnitName(string code) => tree.Find(code)?.Name ?? code;

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters => ["partner", "direction", "state"];

    /// <inheritdoc/>
    protected override int ScreenRows => 30;

    public Task<IActionResult> OnPostFridayAsync()
    {
        Require();
        return HaveDoneAsync(kinds => kinds.Friday, new(Year.Year, Friday), "生成已缴未缴名单");
    }

    public Task<IActionResult> OnPostRegistrationsAsync()
    {
        Require();
        return HaveDoneAsync(kinds => kinds.Registrations, new(Year.Year), "生成发税务数据");
    }

    public async Task<IActionResult> OnPostFundRequestsAsync()
    {
        Require();
        var made = await fundRequests.MakeAsync(Viewer.Area, Doer("生成资金申请报文"), Year, Cancel);
        return Done("/exchange", made.Told("申请"));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var search = (Partner ?? "", Direction ?? "", State ?? "");
        List<ListedMessage> found;
        (found, counts, PartnersShown, tree, Unmapped) = await Database.ReadAsync(
            async session => (
                await Messages.ListAsync(
                    session, Viewer.Area, search, session.Now, ((PageNumber - 1) * PageSize, PageSize + 1)),
                await Messages.CountsAsync(session, Viewer.Area),
                await Partners.ListAsync(session, Viewer.Area),
                await UnitStore.ReadAsync(session, Viewer.Area),
                (await OutsideCodes.UnmappedAsync(session, Viewer.Area)).Count),
            Cancel);
        More = found.Count > PageSize;
        Found = [.. found.Take(PageSize)];
        return true;
    }

    void Require() => Viewer.Require("X123", Role.Bureau, Role.Tax);
}
