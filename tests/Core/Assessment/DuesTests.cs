using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

public class DuesTests
{
    static readonly DateOnly Day = new(2021, 11, 5);

    [Theory, OnBothEngines]
    public async Task Everybody_is_assessed_from_kept_facts(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        var run = await MakeAsync(area, Day);
        Assert.Equal((6, 6, 0), (run.Seen, run.Added, run.Changed));
        Assert.Equal(
            ["dead 1", "due 4", "out_of_scope 1"],
            run.ByOutcome.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
        Assert.Equal([0L, 0, 16_000, 32_000], await PersonalAsync(area));
    }

    [Theory, OnBothEngines]
    public async Task Only_who_changed_is_written_again_and_recorded(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        await MakeAsync(area, Day);
        var again = await MakeAsync(area, Day.AddDays(1));
        Assert.Equal((0, 0, 6), (again.Added, again.Changed, again.Unchanged));
        var person = await PersonAsync(area, "普通");
        await ListAsync(area, person, "severe_disability");
        var dry = await area.ReadAsync(session => area.Dues.TryAsync(session, TestArea.Code, TestArea.Year, Day));
        var change = Assert.Single(dry.Changes);
        Assert.Equal(
            (person.PersonId, 32_000L, 0L, true), (change.PersonId, change.Old!.Personal, change.New.Personal, change.FactsDiffer));
        Assert.Equal([0L, 0, 16_000, 32_000], await PersonalAsync(area));
        Assert.Equal(1, (await MakeAsync(area, Day)).Changed);
        Assert.Equal([0L, 0, 0, 16_000], await PersonalAsync(area));
        var recorded = await area.ReadAsync(session => session.Table<ActChangeRow>()
            .SingleAsync(row => row.Area == TestArea.Code && row.Action == "due"));
        Assert.Contains("\"personal\":\"320.00\"", recorded.Old, StringComparison.Ordinal);
        Assert.Contains("\"personal\":\"0.00\"", recorded.New, StringComparison.Ordinal);
    }

    /// <summary>After the central period everyone who is due owes another amount, though no fact changed.</summary>
    [Theory, OnBothEngines]
    public async Task Another_period_changes_amounts_by_the_day(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        await MakeAsync(area, Day);
        var late = await area.ReadAsync(session => area.Dues.TryAsync(session, TestArea.Code, TestArea.Year, new(2022, 1, 5)));
        Assert.Equal(4, late.Changed);
        Assert.All(late.Changes, change => Assert.Equal((90_000L, false), (change.New.Personal, change.FactsDiffer)));
    }

    /// <summary>An amount is explained years later from what was kept beside it: pack hash, facts and day.</summary>
    [Theory, OnBothEngines]
    public async Task An_amount_is_answered_again_from_what_was_kept(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        await MakeAsync(area, Day);
        foreach (var name in new[] { "普通", "七十", "六五", "低保" })
        {
            var person = await PersonAsync(area, name);
            var kept = await KeptAsync(area, person);
            var plan = area.Shelf.Find(kept!.Value.Verdict.Pack);
            Assert.Equal(plan.Pack.Hash, kept.Value.Verdict.PackHash);
            var facts = KeptFacts.Read(kept.Value.Facts, plan.Pack.Catalogue, kept.Value.Due.AsOf);
            var answer = plan.Assess(facts);
            Assert.Equal(kept.Value.Verdict.Personal, answer.Verdict.PersonalDue.Fen);
            Assert.Equal(kept.Value.Due.CoverFrom, answer.CoverFrom);
            Assert.Equal(kept.Value.Verdict.Clauses, string.Join(';', answer.Verdict.Clauses));
        }
    }

    /// <summary>What was kept before version 2 is read, and is no change where the facts are the same.</summary>
    [Theory, OnBothEngines]
    public async Task Facts_kept_as_text_are_read_and_stay(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        await MakeAsync(area, Day);
        var person = await PersonAsync(area, "低保");
        var catalogue = area.Shelf.Find("baogou-2022").Pack.Catalogue;
        var (due, _, kept) = (await KeptAsync(area, person))!.Value;
        var facts = KeptFacts.Read(kept, catalogue, due.AsOf);
        var line = FormattableString.Invariant($"1|{facts.BirthDate.DayNumber}|{(int)facts.Residence}|{(int)facts.Employment}|")
            + FormattableString.Invariant($"{(int)facts.Student}|{(int)facts.ScopeStatus}|{(int)facts.OtherCover}|{facts.Tier}|1|")
            + FormattableString.Invariant($"{facts.RegisteredOn.DayNumber}|||minimum_living_rural");
        Assert.Equal(facts, KeptFacts.Read(Encoding.UTF8.GetBytes(line), catalogue, due.AsOf));
        await KeepAsync(area, due with { Facts = area.Vault.Seal(person.Salt, "facts", line) });
        Assert.Equal((0, 6), Counts(await MakeAsync(area, Day)));
        var other = line.Replace("|1|", "|0|", StringComparison.Ordinal);
        await KeepAsync(area, due with { Facts = area.Vault.Seal(person.Salt, "facts", other) });
        Assert.Equal((1, 5), Counts(await MakeAsync(area, Day)));
    }

    /// <summary>Without the salt nobody can read what was kept; runs go on without the person and leave the row alone.</summary>
    [Theory, OnBothEngines]
    public async Task Facts_of_an_erased_person_are_gone(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        await MakeAsync(area, Day);
        var person = await PersonAsync(area, "普通");
        var (before, _, kept) = (await KeptAsync(area, person))!.Value;
        Assert.DoesNotContain(Convert.ToHexString(kept), Convert.ToHexString(before.Facts), StringComparison.Ordinal);
        var destroyed = new byte[Vault.SaltBytes];
        await area.Database.WriteAsync(session => session.Table<PersonRow>()
            .Where(row => row.Area == TestArea.Code && row.PersonId == person.PersonId).Set(row => row.Salt, destroyed).UpdateAsync());
        var run = await MakeAsync(area, new(2022, 1, 5));
        Assert.Equal((5, 3), (run.Seen, run.Changed));
        var fault = await Assert.ThrowsAsync<SecretsException>(() => KeptAsync(area, person with { Salt = destroyed }));
        Assert.Equal(SecretsException.Destroyed, fault.Code);
        Assert.Equal(before.Facts, (await KeptAsync(area, person))!.Value.Due.Facts);
    }

    /// <summary>Kept facts that somebody altered end a run with nothing written; they are not overwritten.</summary>
    [Theory, OnBothEngines]
    public async Task Altered_facts_are_not_overwritten(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        await MakeAsync(area, Day);
        var person = await PersonAsync(area, "普通");
        var (due, _, _) = (await KeptAsync(area, person))!.Value;
        var altered = due.Facts.ToArray();
        altered[^1] ^= 1;
        await KeepAsync(area, due with { Facts = altered });
        var fault = await Assert.ThrowsAsync<SecretsException>(() => MakeAsync(area, new(2022, 1, 5)));
        Assert.Equal(SecretsException.Altered, fault.Code);
        Assert.Equal([0L, 0, 16_000, 32_000], await PersonalAsync(area));
    }

    /// <summary>A later rule of a higher level replaces the pack from a day on; who paid before keeps what was paid.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 七")]
    public async Task A_pack_is_replaced_from_a_day_on(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        await area.DoAsync("pack.bind", act => PackBindings.BindAsync(
            act, area.Shelf, "bg", TestArea.Year, new(2021, 11, 10), "lingyuan-2022"));
        var person = await PersonAsync(area, "普通");
        Assert.Equal(Money.FromFen(32_000), await QuoteAsync(area, person, new(2021, 11, 9)));
        Assert.Equal(Money.FromFen(33_000), await QuoteAsync(area, person, new(2021, 11, 10)));
        var fault = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("pack.bind", act => PackBindings.BindAsync(
            act, area.Shelf, "bg", new InsuranceYear(2023), new(2021, 11, 10), "lingyuan-2022")));
        Assert.Equal("A103", fault.Code);
    }

    /// <summary>Several identities are held; the one that leaves least to pay is used, with its clause.</summary>
    [Theory, OnBothEngines, Clause("jincheng 六-one-identity")]
    public async Task Of_several_identities_one_is_used(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        var person = await PersonAsync(area, "六五");
        await ListAsync(area, person, "severe_disability");
        var quote = await area.ReadAsync(
            session => area.Dues.QuoteAsync(session, TestArea.Code, TestArea.Year, person.PersonId, Day));
        Assert.Equal(Money.Zero, quote!.Personal);
        Assert.Contains("baogou 二(二)4", quote.Verdict.Clauses, StringComparison.Ordinal);
        Assert.DoesNotContain("baogou 二(二)2", quote.Verdict.Clauses.Split(';'));
    }

    [Theory, OnBothEngines]
    public async Task Who_cannot_be_answered_is_named_and_never_guessed(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("矛盾", new(1985, 1, 1), 1, with: status => status with { EmployeeCoverEnded = new(2022, 5, 1) });
        var run = await MakeAsync(area, Day);
        Assert.Equal(1, run.ByOutcome[OtherOutcomes.Contradictory]);
        var other = await MakeAsync(area, Day, new InsuranceYear(2023));
        Assert.Equal(1, other.ByOutcome[OtherOutcomes.NoPolicy]);
    }

    /// <summary>An ordinary resident, one of 65 and one of 75, one listed, one in employee insurance, one who died.</summary>
    static async Task<TestArea> FilledAsync(Engine engine)
    {
        var area = await TestArea.CreateAsync(engine);
        (string Name, DateOnly Born)[] people =
            [("普通", new(1985, 1, 1)), ("六五", new(1956, 1, 1)), ("七十", new(1946, 1, 1)), ("低保", new(1986, 1, 1)),
            ("职工", new(1987, 1, 1)), ("死者", new(1940, 1, 1))];
        foreach (var (name, born) in people)
        {
            var person = await area.RegisterAsync(name, born, 1, with: status =>
                name == "职工" ? status with { Employment = Employment.Employee } : status);
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        }

        await ListAsync(area, await PersonAsync(area, "低保"), "minimum_living_rural");
        var dead = await PersonAsync(area, "死者");
        await area.DoAsync("died", act => People.DiedAsync(act, dead.PersonId, new(2021, 11, 1)));
        return area;
    }

    static async Task<PersonRow> PersonAsync(TestArea area, string name) =>
        Assert.Single(await area.ReadAsync(session => People.FindByNameAsync(session, TestArea.Code, name, 2)));

    static Task ListAsync(TestArea area, PersonRow person, string category) => area.Database.WriteAsync(async session =>
    {
        var version = session.NextId();
        await session.Data.InsertAsync(new RosterVersionRow
        {
            Area = TestArea.Code,
            VersionId = version,
            Department = "civil_affairs",
            Kind = "adjustment",
            HandedInOn = new(2021, 9, 1),
            FirstDay = new(2021, 9, 1),
            EffectiveOn = new(2021, 9, 1),
        });
        await session.Data.InsertAsync(new CategorySpanRow
        {
            Area = TestArea.Code,
            PersonId = person.PersonId,
            Category = category,
            Department = "civil_affairs",
            FromDay = new(2021, 9, 1),
            OpenedBy = version,
        });
    });

    static Task<DueRun> MakeAsync(TestArea area, DateOnly day, InsuranceYear? year = null) =>
        area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, year ?? TestArea.Year, day));

    static Task<(DueRow Due, DueVerdictRow Verdict, byte[] Facts)?> KeptAsync(TestArea area, PersonRow person) => area.ReadAsync(
        session => area.Dues.KeptAsync(session, TestArea.Code, TestArea.Year, person.PersonId, person.Salt));

    static Task<int> KeepAsync(TestArea area, DueRow row) => area.Database.WriteAsync(session => session.Data.InsertOrReplaceAsync(row));

    static (long Changed, long Unchanged) Counts(DueRun run) => (run.Changed, run.Unchanged);

    static async Task<Money?> QuoteAsync(TestArea area, PersonRow person, DateOnly day) => (await area.ReadAsync(
        session => area.Dues.QuoteAsync(session, TestArea.Code, TestArea.Year, person.PersonId, day)))!.Personal;

    static Task<List<long>> PersonalAsync(TestArea area) => area.ReadAsync(session => (
        from due in session.Table<DueRow>()
        join verdict in session.Table<DueVerdictRow>() on new { due.Area, due.VerdictId } equals new { verdict.Area, verdict.VerdictId }
        where due.Area == TestArea.Code && verdict.Area == TestArea.Code && verdict.Personal != null
        orderby verdict.Personal
        select verdict.Personal!.Value).ToListAsync());
}
