using Canbao.Core.Coverage;
using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Work.Collecting;

public class ReceiptDeskTests
{
    [Theory, OnBothEngines, Clause("baogou 四(二)")]
    public async Task A_void_receipt_gives_the_cash_back_and_ends_the_cover(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var paid = await village.PayAsync();
        await village.RefusedAsync("C137", "agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, paid.PaymentId, ""));
        await village.RefusedAsync("C139", "agent2", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, paid.PaymentId, "收错"));
        await village.RefusedAsync("C130", "far", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, paid.PaymentId, "收错"));
        await village.RefusedAsync("C130", "agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, 7, "收错"));
        await village.AsAsync("agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, paid.PaymentId, "收错"));
        await village.RefusedAsync("C139", "agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, paid.PaymentId, "收错"));
        await village.RefusedAsync("C134", "agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, paid.BatchId!.Value));
        Assert.Equal(0, await village.CashAsync("agent1"));
        Assert.Empty(await village.Area.ReadAsync(session => Covers.OfAsync(session, TestArea.Code, [2022], [paid.PersonId])));

        // Paid again, it is another receipt; once handed in it stands.
        var again = await village.TakeAsync("agent1", paid.PersonId);
        Assert.Equal(("370481-2022-0001-001", "370481-2022-0001-002"), (paid.ReceiptNo, again.ReceiptNo));
        await village.AsAsync("agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, again.BatchId!.Value));
        await village.RefusedAsync("C139", "agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, again.PaymentId, "收错"));
        var lines = (await village.FileAsync(paid.BatchId!.Value))!.Lines;
        Assert.Equal(["收错", null], lines.Select(line => line.Payment.VoidReason));
    }

    [Theory, OnBothEngines]
    public async Task Copies_are_counted(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var paid = await village.PayAsync();
        Assert.Equal(1, await village.AsAsync("agent1", (act, _) => ReceiptDesk.ReprintAsync(act, paid.PaymentId, "遗失")));
        Assert.Equal(2, await village.AsAsync("agent1", (act, _) => ReceiptDesk.ReprintAsync(act, paid.PaymentId, "报销")));
        await village.RefusedAsync("C137", "agent1", (act, _) => ReceiptDesk.ReprintAsync(act, paid.PaymentId, " "));
        await village.RefusedAsync("C130", "agent1", (act, _) => ReceiptDesk.ReprintAsync(act, 7, "遗失"));
    }

    [Theory, OnBothEngines]
    public async Task A_code_fits_its_own_receipt_only(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var (paid, other) = (await village.PayAsync(), await village.PayAsync());
        var desk = new ReceiptDesk(village.Area.Vault);
        var code = desk.Code(paid);
        Assert.Matches("^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$", code);
        var typed = code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        Assert.Equal("张*", (await CheckAsync($" {paid.ReceiptNo} ", typed))!.Name);
        Assert.NotEqual(code, desk.Code(other));
        foreach (var (number, told) in new[]
        {
            (other.ReceiptNo, code), (paid.ReceiptNo, ""), (paid.ReceiptNo, code[..8]), (paid.ReceiptNo, code + "2"),
            ("370481-2022-9999-001", code), ("", code), ("村里的收据", code),
        })
        {
            Assert.Null(await CheckAsync(number, told));
        }

        // What stands on the paper is what the code is made of.
        Assert.NotEqual(code, desk.Code(paid with { Amount = paid.Amount + 1 }));
        Assert.NotEqual(code, desk.Code(paid with { PaidOn = paid.PaidOn.AddDays(1) }));

        Task<CheckedReceipt?> CheckAsync(string number, string told) =>
            village.Area.ReadAsync(session => desk.CheckAsync(session, number, told));
    }
}
