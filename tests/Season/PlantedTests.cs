using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Season.Tests;

/// <summary>That the auditor finds what it is there for: faults planted in offices and in the tables while a season runs.</summary>
public class PlantedTests
{
    static readonly Scenario Calm = new(5, 80, 12) { HasFaults = false };

    const string Standing = "(select min(payment_id) from payment where area = @area and reversed_by is null and channel <> 'cash')";

    /// <summary>What is done to the tables, and by which rule the auditor tells.</summary>
    static readonly Dictionary<string, (string Rule, string[] Statements)> Tampering = new(StringComparer.Ordinal)
    {
        ["a payment lost with all that belongs to it"] = (AuditFault.Lost,
        [
            $"delete from channel_notice where area = @area and payment_id = {Standing}",
            $"delete from cover_span where area = @area and payment_id = {Standing}",
            $"update transfer set amount = amount + 1 - (select amount from payment where area = @area and payment_id = {Standing})"
                + $" where area = @area and transfer_id = (select transfer_id from payment where area = @area and payment_id = {Standing})"
                + $" and amount >= (select amount from payment where area = @area and payment_id = {Standing})",
            $"delete from payment where area = @area and payment_id = {Standing}",
        ]),
        ["a payment posted twice"] = (AuditFault.Twice,
        [
            "drop index payment_once",
            "insert into payment (area, payment_id, insurance_year, person_id, unit, amount, paid_on, channel, reference, receipt_no,"
                + " account, transfer_id, act_id) select area, 1, insurance_year, person_id, unit, amount, paid_on, channel, 'again',"
                + $" receipt_no, account, transfer_id, act_id from payment where area = @area and payment_id = {Standing}",
        ]),
        ["a reversal without its money"] = (AuditFault.Balance,
            ["update payment set reversal_id = null where area = @area and reversal_id is not null",
                "delete from transfer where area = @area and kind = 'refund'"]),
        ["a payment taken back that nobody took back"] = (AuditFault.Reversal,
            [$"update payment set reversed_by = 1 where area = @area and payment_id = {Standing}"]),
        ["the wrong account"] = (AuditFault.Balance,
            ["update transfer set debit = 'channel:bank' where area = @area and debit = 'channel:wechat' and kind = 'payment'"]),
        ["one fen rounded off everywhere alike"] = (AuditFault.Differs,
        [
            $"update transfer set amount = amount - 1 where area = @area and transfer_id ="
                + $" (select transfer_id from payment where area = @area and payment_id = {Standing})",
            $"update channel_notice set amount = amount - 1 where area = @area and payment_id = {Standing}",
            $"update payment set amount = amount - 1 where area = @area and payment_id = {Standing}",
        ]),
        ["cover without payment"] = (AuditFault.Cover,
            ["update cover_span set payment_id = null, ground = 'assistance' where area = @area and span_id ="
                + " (select max(span_id) from cover_span where area = @area and voided_by is null)"]),
        ["cover twice"] = (AuditFault.Cover,
            ["insert into cover_span (area, span_id, insurance_year, person_id, from_day, until_day, ground, payment_id, act_id)"
                + " select area, span_id + 1, insurance_year, person_id, until_day, until_day, ground, payment_id, act_id from cover_span"
                + " where area = @area and span_id = (select max(span_id) from cover_span where area = @area and voided_by is null)"]),
        ["cover that outlives its payment"] = (AuditFault.Cover,
            ["update cover_span set voided_by = null where area = @area and span_id = (select max(span_id) from cover_span v"
                + " where v.area = @area and v.voided_by is not null and not exists (select 1 from cover_span o"
                + " where o.area = @area and o.person_id = v.person_id and o.voided_by is null))"]),
        ["a balance of cash that is not kept"] = (AuditFault.Balance,
            ["update cash_balance set balance = balance + 1 where area = @area"]),
        ["a payment for somebody else"] = (AuditFault.Differs,
        [
            "update cover_span set person_id = (select min(person_id) from person p where p.area = @area and not exists"
                + " (select 1 from payment y where y.area = @area and y.person_id = p.person_id))"
                + $" where area = @area and payment_id = {Standing}",
            "update payment set person_id = (select min(person_id) from person p where p.area = @area and not exists"
                + " (select 1 from payment y where y.area = @area and y.person_id = p.person_id))"
                + $" where area = @area and payment_id = {Standing}",
        ]),
        ["money in suspense forgotten"] = (AuditFault.Lost,
            ["delete from channel_notice where area = @area and state = 'suspense'"]),
    };

    [Theory, OnBothEngines]
    public async Task What_is_done_to_the_tables_is_found(Engine engine)
    {
        await using var played = await Played.BeginAsync(engine, Calm);
        await played.PlayAsync(0, played.Rounds);
        Assert.Empty(await played.AuditAsync());
        foreach (var (name, (rule, statements)) in Tampering)
        {
            IReadOnlyList<AuditFault> found = [];
            // Each fault by itself: what was done is undone behind the audit.
            await Assert.ThrowsAsync<BrokenOffException>(() => played.Database.WriteAsync(async session =>
            {
                foreach (var statement in statements)
                {
                    int rows = await session.Data.ExecuteAsync(statement, new DataParameter("area", TestArea.Code));
                    Assert.True(rows > 0 || statement.StartsWith("drop", StringComparison.Ordinal), statement);
                }

                found = await played.AuditAsync(session);
                throw new BrokenOffException();
            }));
            Assert.True(found.Any(fault => fault.Rule == rule), $"seed {Calm.Seed}: {name} is not found; {string.Join("; ", found)}");
        }

        Assert.Empty(await played.AuditAsync());
    }

    [Theory, OnBothEngines]
    public Task A_number_that_is_forgotten_is_found(Engine engine) => IsFoundAsync(
        engine, AuditFault.Unsent, (town, database, vault, shelf, trouble) => new ForgetfulOffice(town, database, vault, shelf, trouble));

    [Theory, OnBothEngines]
    public Task An_acknowledgement_before_the_commit_is_found(Engine engine) => IsFoundAsync(
        engine, AuditFault.Lost, (town, database, vault, shelf, trouble) => new HastyOffice(town, database, vault, shelf, trouble));

    static async Task IsFoundAsync(Engine engine, string rule, MakeOffice office)
    {
        await using var played = await Played.BeginAsync(engine, Calm, office);
        await played.PlayAsync(0, played.Rounds);
        var found = await played.AuditAsync();
        Assert.True(found.Any(fault => fault.Rule == rule), $"seed {Calm.Seed}: {string.Join("; ", found)}");
    }
}
