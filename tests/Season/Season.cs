using System.Collections.Concurrent;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Season.Tests;

/// <summary>Plays the rounds of one area: asks, hears or does not hear, asks again, and tells the auditor all of it.</summary>
/// <param name="scenario">The season.</param>
/// <param name="town">The area.</param>
/// <param name="office">The use cases.</param>
/// <param name="database">Where desks look things up.</param>
/// <param name="say">Hears what is asked for and answered, before anything else is done.</param>
sealed partial class Season(Scenario scenario, Town town, Office office, Database database, Action<Word> say)
{
    const int MostAttempts = 60;

    readonly ConcurrentQueue<string> odd = new();

    /// <summary>Faults that nobody at a desk or channel should ever see, such as S107.</summary>
    public IReadOnlyCollection<string> Odd => odd;

    /// <summary>Which process this is, where a season is played by several; deeds of each have names of their own.</summary>
    public string Run { get; init; } = "";

    public async Task PlayAsync(Round round)
    {
        foreach (var step in round.First)
            await PlayAsync(step);
        if (scenario.IsParallel)
        {
            await Task.WhenAll(round.Lanes.Select(lane => Task.Run(() => LaneAsync(lane))));
            return;
        }

        foreach (var lane in round.Lanes)
            await LaneAsync(lane);
    }

    async Task LaneAsync(IReadOnlyList<Step> lane)
    {
        foreach (var step in lane)
            await PlayAsync(step);
    }

    Task PlayAsync(Step step) => DoAsync(step with { Id = step.Id + (Run.Length > 0 ? "~" + Run : "") });

    Task DoAsync(Step step) => step switch
    {
        SendStep { IsTwice: true } send => Task.WhenAll(SendAsync(send, say), SendAsync(send with { Id = send.Id + "b" }, say)),
        SendStep send => SendAsync(send, say),
        CancelStep { IsRace: true } race => RaceAsync(race),
        CancelStep cancel => CancelAsync(cancel),
        CashStep cash => CashAsync(cash),
        HandOnStep hand => HandOnAsync(hand),
        ReverseStep reverse => ReverseAsync(reverse),
        DecideStep decide => DecideAsync(decide),
        DieStep die => AskAsync(
            die.Id,
            [new Word(Word.Die, die.Id) { Person = town.IdOf(die.Person), Day = die.Day }],
            () => office.DieAsync(die.Id, die.Person, die.Day)),
        RegisterStep register => AskAsync(register.Id, [], () => office.RegisterAsync(register.Id, register.Person)),
        ListStep list => AskAsync(list.Id, [], () => office.ListAsync(list)),
        _ => throw new ArgumentException(step.Id),
    };

    Word Pay(string id, string channel, Told told) => new(Word.Pay, id)
    {
        Channel = channel,
        Reference = told.Message.Reference,
        Person = told.Person < 0 ? 0 : town.IdOf(told.Person),
        Fen = told.Message.Amount.Fen,
        Day = told.Message.PaidOn,
    };

    async Task SendAsync(SendStep step, Action<Word> hear)
    {
        if (step.Messages.Count == 0)
            return;
        var words = step.Messages.Select(told => Pay(step.Id, step.Channel, told)).ToList();
        await AskAsync(
            step.Id,
            words,
            () => office.TakeAsync(step.Id, step.Channel, [.. step.Messages.Select(told => told.Message)]),
            (word, place, answers) => word with
            {
                Said = answers[place].IsRefused ? Said.Refused : Said.Done,
                State = answers[place].State,
                Receipt = answers[place].Receipt,
                Code = answers[place].Code,
            },
            word =>
            {
                if (step.IsHeard || word.Said == Said.Tried)
                    hear(word);
            });
    }

    Task CancelAsync(CancelStep step, bool isRace = false) => AskAsync(
        step.Id,
        [Pay(step.Id, step.Channel, step.Message) with { Deed = Word.Cancel, IsRace = isRace }],
        () => office.CancelAsync(step.Id, step.Channel, step.Message.Message));

    Task RaceAsync(CancelStep step) => Task.WhenAll(
        SendAsync(new(step.Id + "p", step.Channel, [step.Message]), word => say(word with { IsRace = true })), CancelAsync(step, true));

    async Task CashAsync(CashStep step)
    {
        var day = BusinessDay.Of(await database.LookAsync(session => Task.FromResult(session.Now)));
        var words = step.People.Select((person, place) => new Word(Word.Cash, step.Id)
        {
            Account = step.Agent,
            Person = town.IdOf(person),
            Day = day,
            Fen = (DueOf(person, day) ?? 0) + (place == 0 ? step.Off : 0),
        }).ToList();
        await AskAsync(
            step.Id,
            words,
            () => office.CashAsync(step.Id, step.Agent, [.. words.Select(word => new CashItem(word.Person, Money.FromFen(word.Fen)))]),
            (word, _, paid) => word with { Said = Said.Done, Receipt = paid.Single(row => row.PersonId == word.Person).ReceiptNo },
            say);
    }

    async Task HandOnAsync(HandOnStep step)
    {
        var held = await database.LookAsync(session => Transfers.CashAsync(session, town.Area, step.Agent));
        if (held == Money.Zero)
            return;
        var word = new Word(Word.HandOn, step.Id) { Account = step.Agent, To = step.To, Fen = held.Fen + (step.IsTooMuch ? 1 : 0) };
        // Handing on twice is not like handing on once: whoever does not know looks first.
        await AskAsync(step.Id, [word], async () =>
        {
            if (!await database.LookAsync(
                session => session.Table<ActRow>().AnyAsync(row => row.Area == town.Area && row.Reason == step.Id)))
                await office.HandOnAsync(step.Id, step.Agent, step.To, word.Fen);
        });
    }

    Task AskAsync(string id, IReadOnlyList<Word> words, Func<Task> deed) => AskAsync(
        id,
        words,
        async () =>
        {
            await deed();
            return true;
        },
        (word, _, _) => word with { Said = Said.Done },
        say);

    /// <summary>Asks until there is an answer.</summary>
    async Task AskAsync<T>(
        string id, IReadOnlyList<Word> words, Func<Task<T>> deed, Func<Word, int, T, Word> answered, Action<Word> hear)
    {
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            Tell(words, (word, _) => word with { Said = Said.Tried }, hear);
            try
            {
                var result = await deed();
                Tell(words, (word, place) => answered(word, place, result), hear);
                return;
            }
            catch (RefusedException refused)
            {
                Tell(words, (word, _) => word with { Said = Said.Refused, Code = refused.Code }, hear);
                return;
            }
            catch (Exception fault) when (fault is UnheardException or OutcomeUnknownException)
            {
                continue;
            }
            catch (Exception fault) when (fault is BrokenOffException or StorageException)
            {
                if (fault is StorageException { Code: not (StorageCodes.Unreachable or StorageCodes.Busy or StorageCodes.Conflict) } seen)
                    odd.Enqueue($"{id}: {seen.Code} {(seen as ConstraintException)?.Constraint} {seen.Cause?.Message}");
                Tell(words, (word, _) => word with { Said = Said.Failed }, hear);
            }
        }

        odd.Enqueue($"{id}: no answer after {MostAttempts} attempts");
    }

    void Tell(IReadOnlyList<Word> words, Func<Word, int, Word> said, Action<Word> hear)
    {
        for (int place = 0; place < words.Count; place++)
            hear(said(words[place], place) with { Area = town.Area });
    }
}
