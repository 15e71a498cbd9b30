using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class NumberDeskTests
{
    static readonly DateOnly Born = new(1985, 3, 20), Today = new(2021, 11, 5);
    static readonly UnitRange Village = new("/bg/bg-01/bg-01-01/");

    [Theory, OnBothEngines]
    public async Task Each_number_is_answered_in_the_order_of_the_column(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var household = await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.Village, "H7", "前街1号"));
        var paid = await area.RegisterAsync("王小明", Born, 1, household.HouseholdId);
        var owing = await area.RegisterAsync("李四", Born, 2);
        var unregistered = await area.RegisterAsync("赵六", Born, 3);
        await area.DoAsync("cash.take", async act =>
        {
            await area.Enrolments.EnrolAsync(act, TestArea.Year, paid.PersonId, EnrolmentKinds.New);
            await area.Enrolments.EnrolAsync(act, TestArea.Year, owing.PersonId, EnrolmentKinds.New);
            await new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(paid.PersonId, Money.FromFen(32_000))]);
        });

        var answers = await AskAsync(area, Village, 3, 1, 2, 1);
        Assert.Equal(
            [unregistered.PersonId, paid.PersonId, owing.PersonId, paid.PersonId], answers.Select(one => one.Found!.Person.PersonId));
        Assert.Equal([false, true, true, true], answers.Select(one => one.Year!.IsEnrolled));
        Assert.Equal([null, 32_000, null, 32_000], answers.Select(one => one.Year!.Payment?.Amount));
        Assert.Equal([null, null, Money.FromFen(32_000), null], answers.Select(one => one.Owed));
        Assert.Equal("not_registered", answers[0].Year!.Quote!.Verdict.Outcome);
        Assert.Equal(["", "H7", "", "H7"], answers.Select(one => one.Household));
        Assert.Equal([null, null, null, 2], answers.Select(one => one.Asked.SameAs));
        // The year before has no pack.
        var before = await AskAsync(area, Village, TestArea.Year.Previous, 1);
        Assert.Equal((false, null), (before[0].Year!.IsEnrolled, before[0].Owed));
    }

    /// <summary>Somebody of another unit is answered as nobody is, in all that is told.</summary>
    [Theory, OnBothEngines]
    public async Task Who_is_elsewhere_is_nobody(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("王小明", Born, 1, with: status => status with { Unit = TestArea.OtherVillage });
        var answers = await AskAsync(area, Village, 1, 2);
        Assert.All(answers, one => Assert.Equal(new NumberAnswer(one.Asked, null, null), one));
        Assert.NotNull((await AskAsync(area, new("/bg/bg-01/"), 1))[0].Found);
    }

    [Theory, OnBothEngines]
    public async Task Numbers_of_before_lead_to_the_record_that_goes_on(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var corrected = await area.RegisterAsync("王小明", Born, 1);
        var merged = await area.RegisterAsync("李四", Born, 3);
        var kept = await area.RegisterAsync("李四", Born, 4);
        var last = await area.RegisterAsync("李四", Born, 5);
        await CorrectAsync(corrected.PersonId, 2);
        await CorrectAsync(merged.PersonId, 4);
        await CorrectAsync(kept.PersonId, 5);
        var answers = await AskAsync(area, Village, 1, 2, 3, 4, 5);
        Assert.Equal(
            [corrected.PersonId, corrected.PersonId, last.PersonId, last.PersonId, last.PersonId],
            answers.Select(one => one.Found!.Person.PersonId));
        Assert.Equal([true, false, true, true, false], answers.Select(one => one.IsFormer));

        Task CorrectAsync(long person, int sequence) => area.DoAsync(
            "person.correct", act => area.People.CorrectNumberAsync(act, person, TestArea.Number(Born, sequence)));
    }

    /// <summary>A thousand numbers cost hardly more statements than two.</summary>
    [Theory, OnBothEngines]
    public async Task Many_numbers_take_a_few_statements(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        for (var sequence = 1; sequence <= 12; sequence++)
        {
            var person = await area.RegisterAsync("王小明", Born, sequence);
            if (sequence % 2 == 0)
                await area.DoAsync("person.correct", act => area.People.CorrectNumberAsync(
                    act, person.PersonId, TestArea.Number(Born.AddDays(1), sequence)));
        }

        var two = await CountAsync([1, 2]);
        Assert.Equal(two, await CountAsync([.. Enumerable.Range(1, 998)]));

        async Task<int> CountAsync(int[] sequences)
        {
            var statements = 0;
            await using var watched = area.OpenWatched(_ => statements++);
            var answers = await watched.ReadAsync(session => Desk(area).AnswerAsync(
                session, TestArea.Code, Village, Asked(sequences), (TestArea.Year, Today)));
            Assert.Equal(Math.Min(12, sequences.Length), answers.Count(one => one.Found is not null));
            return statements;
        }
    }

    static NumberDesk Desk(TestArea area) => new(area.People, new PersonFiles(area.People, area.Dues));

    static IReadOnlyList<PastedNumber> Asked(params int[] sequences) =>
        PastedNumbers.Read(string.Join('\n', sequences.Select(sequence => TestArea.Number(Born, sequence).Full)), Today);

    static Task<IReadOnlyList<NumberAnswer>> AskAsync(TestArea area, UnitRange within, params int[] sequences) =>
        AskAsync(area, within, TestArea.Year, sequences);

    static Task<IReadOnlyList<NumberAnswer>> AskAsync(TestArea area, UnitRange within, InsuranceYear year, params int[] sequences) =>
        area.ReadAsync(session => Desk(area).AnswerAsync(session, TestArea.Code, within, Asked(sequences), (year, Today)));
}
