using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Refunding;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Refunding;

/// <summary>Every reason under every pack: what the pack's own rule says of a payment of its central period.</summary>
public class RefundRulesTests
{
    const string Laishan = "laishan 一(二)-no-refund";

    [Theory, OnBothEngines, Clause("laishan 一(二)-no-refund"), Clause("lingyuan 四(六)-new")]
    public async Task The_packs_decide_or_leave_it_to_the_supervisor(Engine engine)
    {
        foreach (var (pack, clause, exempt) in new[]
        {
            ("baogou-2022", "", "supervisor"), ("laishan-2022", Laishan, Laishan), ("jincheng-2022", "", "C173"),
            ("lingyuan-2022", "", "lingyuan 四(六)-new"), ("lishi-2023", "", "supervisor"),
        })
        {
            await using var town = await Refunding.OpenAsync(engine, pack);
            foreach (var (reason, at) in Refunds.Reasons.Select((one, at) => (one.Code, at)))
            {
                var payment = await town.PayAsync();
                Assert.Equal((pack, reason, "C173"), (pack, reason, NeedsNothing(reason) ? "C173" : await AskAsync(town, payment, reason)));
                await PrepareAsync(town, payment, reason, at + 1);
                var expected = reason == Refunds.NewlyExempt ? exempt : clause.Length > 0 ? clause : "supervisor";
                Assert.Equal((pack, reason, expected), (pack, reason, await AskAsync(town, payment, reason)));
            }
        }
    }

    [Theory, OnBothEngines, Clause("laishan 一(二)-no-refund")]
    public async Task Once_the_year_has_begun_nothing_goes_back(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine, "laishan-2022");
        var (first, second) = (await town.PayAsync(), await town.PayAsync());
        town.Area.Clock.Set("2021-12-31 23:59");
        Assert.Equal(Laishan, await AskAsync(town, first, Refunds.OfficeError));
        town.Area.Clock.Set("2022-01-01 00:00");
        Assert.Equal("C172", await AskAsync(town, second, Refunds.OfficeError));
        // What is paid within the year is not spoken of.
        var late = await town.PayAsync();
        Assert.Equal("supervisor", await AskAsync(town, late, Refunds.OfficeError));
    }

    [Theory, OnBothEngines, Clause("lingyuan 四(六)-new")]
    public async Task A_list_after_the_window_is_the_supervisors(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine, "lingyuan-2022");
        var payment = await town.PayAsync();
        town.Area.Clock.Set("2022-01-04 09:00");
        await town.ListAsync(1);
        Assert.Equal("supervisor", await AskAsync(town, payment, Refunds.NewlyExempt));
    }

    [Theory, OnBothEngines, Clause("laishan 一(二)-no-refund")]
    public async Task A_preview_tells_of_many_what_a_request_tells_of_one(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine, "laishan-2022");
        var bureau = Refunding.Who(Role.Bureau);
        var mass = new MassRefund(town.Area.Dues, town.Area.Vault);
        var payments = new List<PaymentRow> { await town.PayAsync() };
        town.Area.Clock.Set("2021-11-06 09:00");
        // Paid on another day, so by another plan.
        payments.Add(await town.PayAsync());
        await town.ListAsync(1, 2);
        town.Area.Clock.Set("2021-12-31 23:00");
        Assert.All(await PreviewAsync(), one => Assert.Equal((Laishan, ""), (one.Basis!.Value.Clause, one.Refusal)));
        town.Area.Clock.Set("2022-01-01 00:00");
        var late = await PreviewAsync();
        Assert.Equal(payments.Select(row => row.PaymentId), late.Select(one => one.Payment.PaymentId));
        foreach (var one in late)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => town.RequestAsync(one.Payment, Refunds.NewlyExempt));
            Assert.Equal(("C172", (RefundBasis?)null, refused.Message), (refused.Code, one.Basis, one.Refusal));
        }

        await town.RefusedAsync("C180", bureau, (act, viewer) =>
            mass.RequestAsync(act, viewer, town.Year, MassRefund.Count(late), "名单"));

        Task<IReadOnlyList<ExemptPayer>> PreviewAsync() => town.Area.ReadAsync(session =>
            mass.PreviewAsync(session, TestArea.Code, bureau.Scope, town.Year, BusinessDay.Of(town.Area.Clock.GetUtcNow())));
    }

    static bool NeedsNothing(string reason) => reason is Refunds.PaidTwice or Refunds.OfficeError;

    /// <summary>The clause, the supervisor where the pack is silent, or the code of a refusal.</summary>
    static async Task<string> AskAsync(Refunding town, PaymentRow payment, string reason)
    {
        try
        {
            var refund = await town.RequestAsync(payment, reason);
            return refund.Basis == Refunds.ByRule ? refund.Clause : refund.Basis;
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
    }

    static Task PrepareAsync(Refunding town, PaymentRow payment, string reason, int sequence)
    {
        var (area, before) = (town.Area, town.Year.FirstDay.AddDays(-40));
        return reason switch
        {
            Refunds.NewlyExempt => town.ListAsync(sequence),
            Refunds.DiedBeforeYear => area.DoAsync("person.died",
                act => new LifeEvents(area.People, area.Enrolments).DieAsync(act, payment.PersonId, act.Today)),
            Refunds.EmployeeBeforeYear => ChangeAsync(status => status with { Employment = Employment.Employee }),
            Refunds.Duplicate => ChangeAsync(status => status with { OtherCover = OtherCover.ResidentElsewhere }),
            _ => Task.CompletedTask,
        };

        Task ChangeAsync(Func<PersonStatusRow, PersonStatusRow> change) => area.DoAsync("person.change",
            act => area.People.ChangeAsync(act, payment.PersonId, before > act.Today ? act.Today : before, change));
    }
}
