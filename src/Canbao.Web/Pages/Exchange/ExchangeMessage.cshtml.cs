using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Work.Exchange;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A message with its receipt.</summary>
sealed class ExchangeMessageModel(InboxDesk desk, TimeProvider clock) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public ExchangeMessageRow Found { get; private set; } = null!;

    public string PartnerName { get; private set; } = "";

    /// <summary>The columns that the receiver gets; empty for what came in.</summary>
    public string Columns { get; private set; } = "";

    public ExchangeReceiptRow? Receipt { get; private set; }

    public IReadOnlyList<ExchangeReceiptLineRow> Lines { get; private set; } = [];

    public bool More { get; private set; }

    public string Badge => ExchangeModel.Badge(Found, clock.GetUtcNow());

    public bool MayResend => ExchangeModel.MayActAs(Viewer) && Found.Direction == Messages.Out
        && Found is not { State: Messages.Queued, NextTry: null };

    public bool MayRunAgain => ExchangeModel.MayActAs(Viewer) && Found is { Direction: Messages.In, State: Messages.Done }
        && Receipt is { State: not Receipts.Accepted };

    public async Task<IActionResult> OnPostResendAsync()
    {
        Viewer.Require("X123", Role.Bureau, Role.Tax);
        await Act.DoAsync(Database, Viewer.Area, Doer("重新发送交换报文"), "exchange.resend", act => Outbox.ResendAsync(act, Id), Cancel);
        return Done($"/exchange/{Id}", "已排入发送，一分钟内发出");
    }

    public async Task<IActionResult> OnPostAgainAsync()
    {
        Viewer.Require("X123", Role.Bureau, Role.Tax);
        var receipt = await desk.AgainAsync(Viewer.Area, Doer("再办来文"), Id, Cancel);
        return Done($"/exchange/{Id}", $"已再办：收下 {receipt.Accepted} 行，退回 {receipt.Refused} 行");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        return await Database.ReadAsync(
            async session =>
            {
                if (await Messages.FindAsync(session, Viewer.Area, Id) is not { } found)
                    return false;
                var partner = (await Partners.FindAsync(session, Viewer.Area, found.Partner))!;
                (Found, PartnerName) = (found, partner.Name);
                Columns = found.Direction == Messages.Out
                    ? string.Join('、', ReceiverColumns.Of(found.Kind, partner.Office).Select(column => column.Chinese())) : "";
                Receipt = await Receipts.LastAsync(session, Viewer.Area, Id);
                if (Receipt is null)
                    return true;
                var lines = await Receipts.LinesAsync(
                    session, Viewer.Area, (Id, Receipt.Run), ((PageNumber - 1) * PageSize, PageSize + 1));
                More = lines.Count > PageSize;
                Lines = [.. lines.Take(PageSize)];
                return true;
            },
            Cancel);
    }
}
