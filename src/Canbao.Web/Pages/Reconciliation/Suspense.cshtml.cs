using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Reconciliation;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Money that fits nobody: whom it is for, or back.</summary>
sealed class SuspenseModel(ChannelDesk desk, People people) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public bool More { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string Channel { get; set; } = "";

    /// <summary>The one that is worked off; empty for none.</summary>
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty]
    public string Number { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    public IReadOnlyList<WaitingMoney> Waiting { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public WaitingMoney? Chosen { get; private set; }

    /// <summary>The person of the number that was written.</summary>
    public PersonRow? Person { get; private set; }

    public bool Acts => Viewer.Role is Role.Tax or Role.Bureau;

    /// <summary>The batch of the money of a group payment, where it is worked off; null for other money.</summary>
    public CollectionBatchRow? Group { get; private set; }

    public string NameOf(string channel) => Names.GetValueOrDefault(channel, ActWords.Channel(channel));

    /// <summary>Whom the channel named; only for who works it off.</summary>
    public NamedPerson? Named(WaitingMoney money) => Acts ? SuspenseList.Named(Vault, money.Row) : null;

    public string Open(ChannelNoticeRow row) => Link("/suspense", ("channel", row.Channel), ("reference", row.Reference));

    public string Handle(string handler) => Link("/suspense", ("channel", Channel), ("reference", Reference), ("handler", handler));

    public async Task<IActionResult> OnPostFindAsync()
    {
        await RequirePersonAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostMatchAsync()
    {
        var (reason, person) = (Why(), await RequirePersonAsync());
        await Act.DoAsync(Database, Viewer.Area, Doer(reason), "suspense.match",
            act => desk.MatchAsync(act, Channel, Reference, person.PersonId), Cancel);
        return Done("/suspense", $"流水号 {Reference} 已记入 {person.Name}");
    }

    public async Task<IActionResult> OnPostReturnAsync()
    {
        Require();
        await Act.DoAsync(Database, Viewer.Area, Doer(Why()), "suspense.return",
            act => ChannelDesk.ReturnAsync(act, Channel, Reference), Cancel);
        return Done("/suspense", $"流水号 {Reference} 转为待退款");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (Channel, Reference) = (Channel ?? "", Reference ?? "");
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        (var found, Names, var chosen, Group) = await Database.ReadAsync(
            async session => (
                await SuspenseList.ListAsync(session, Viewer.Area, Today, ((PageNumber - 1) * PageSize, PageSize + 1)),
                (await Core.Collection.Channels.ListAsync(session, Viewer.Area)).ToDictionary(row => row.Channel, row => row.Name),
                Reference.Length == 0 ? null : await ChannelNotices.FindAsync(session, Viewer.Area, Channel, Reference),
                Channel == Groups.Channel ? await Groups.OfNoticeAsync(session, Viewer.Area, Reference) : null),
            Cancel);
        More = found.Count > PageSize;
        Waiting = found[..Math.Min(found.Count, PageSize)];
        Chosen = chosen is { State: ChannelNotices.Suspense } ? new(chosen, Today.DayNumber - chosen.PaidOn.DayNumber) : null;
        return true;
    }

    async Task<PersonRow> RequirePersonAsync()
    {
        Require();
        if (!CitizenNumber.TryParse(Number.Trim(), out var number, out var wrong))
            throw new RefusedException("W116", wrong.Text);
        Person = await Database.ReadAsync(session => people.FindByNumberAsync(session, Viewer.Area, number), Cancel);
        return Person ?? throw new RefusedException("W116", "登记中没有这个证件号码；请核对，或先登记此人");
    }

    string Why() => Reason.Trim().Length > 0 ? Reason.Trim() : throw new RefusedException("W107", "请写明理由；处理会留下记录");

    void Require()
    {
        if (!Acts)
            throw new RefusedException("W115", "挂账由税务和医保经办处理，您可以查看");
    }
}
