using Canbao.Core.Ledger;
using Canbao.Core.Work;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;

namespace Canbao.Season.Tests;

/// <summary>
/// Everything that people and channels will do in a season, made from the seed alone: not from what is answered, so that a season that was
/// killed goes on where it stood.
/// </summary>
sealed class Plan
{
    static readonly TimeSpan Wall = TimeSpan.FromHours(8);
    static readonly string[] Channels = ["wechat", "alipay", "bank"];
    static readonly string[] Agents = ["agent1", "agent2", "agent3"];

    readonly Town town;
    readonly Dice dice;
    readonly Dictionary<int, List<(DateOnly From, bool IsListed)>> lists = [];
    readonly List<Round> rounds = [];
    readonly Dictionary<string, ChannelPlan> channels;

    Plan(Scenario scenario, Town town)
    {
        this.town = town;
        dice = Dice.Of(scenario.Seed, "plan");
        channels = Channels.ToDictionary(channel => channel, channel => new ChannelPlan(channel, dice, town, ListedOn));
        var times = Times(scenario.Rounds);
        for (int no = 0; no < times.Count; no++)
            rounds.Add(Next(no, times[no], no == 0 || times[no].Date != times[no - 1].Date));
    }

    public static IReadOnlyList<Round> Of(Scenario scenario, Town town) => new Plan(scenario, town).rounds;

    bool ListedOn(int person, DateOnly day) =>
        lists.GetValueOrDefault(person)?.LastOrDefault(one => one.From <= day) is { From: var from } change && from != default
            ? change.IsListed
            : town.People[person].IsListed;

    Round Next(int no, DateTimeOffset at, bool isFirstOfDay)
    {
        var day = DateOnly.FromDateTime(at.DateTime);
        var first = new List<Step>();
        // Lists change prices of their day on; after the central period everybody owes the same.
        if (isFirstOfDay && day <= Price.CentralEnds)
            first.AddRange(Enumerable.Range(0, 1 + (town.People.Count / 100)).Select(nth => List($"{no}.list{nth}", day)));
        for (int nth = 0; nth < 2; nth++)
            if (dice.In(30))
                first.Add(new RegisterStep($"{no}.register{nth}", Anybody()));
        var lanes = new List<IReadOnlyList<Step>>();
        foreach (var channel in channels.Values)
            lanes.Add(channel.Round(no, at));
        foreach (var agent in Agents)
            lanes.Add([.. Enumerable.Range(0, 3).Select(nth => Cash($"{no}.{agent}.{nth}", agent))]);
        lanes.Add([.. Enumerable.Range(0, 3).Select(nth => Desk($"{no}.desk.{nth}", day))]);
        return new(no, at, first, lanes);
    }

    ListStep List(string id, DateOnly day)
    {
        int person = Anybody();
        bool isAdded = !ListedOn(person, day);
        if (!lists.TryGetValue(person, out var changes))
            lists.Add(person, changes = []);
        changes.Add((day, isAdded));
        return new(id, person, isAdded, day);
    }

    Step Cash(string id, string agent)
    {
        if (dice.In(15))
            return new HandOnStep(id, agent, dice.In(50) ? Accounts.Tax : Accounts.Cash("street"), dice.In(10));
        // Of a household of four, some.
        int home = Anybody() / 4 * 4;
        var people = Enumerable.Range(home, 4).Where(person => person < town.People.Count && dice.In(40)).ToList();
        return new CashStep(id, agent, people.Count == 0 ? [home] : people, dice.In(8) ? dice.Pick<long>([1, -1, 16_000]) : 0);
    }

    Step Desk(string id, DateOnly day) => dice.Below(10) switch
    {
        < 4 => new ReverseStep(id, dice.Below(1000)),
        < 6 => new DecideStep(id, dice.Below(1000), true),
        < 9 => new DecideStep(id, dice.Below(1000), false),
        _ => new DieStep(id, Anybody(), day.AddDays(-dice.Below(3))),
    };

    int Anybody() => dice.Below(town.People.Count);

    /// <summary>A week around the end of the central period, its last minutes, and a day when cover comes too late.</summary>
    static List<DateTimeOffset> Times(int rounds)
    {
        var from = new DateTimeOffset(2021, 12, 7, 9, 0, 0, Wall);
        var even = Enumerable.Range(0, rounds).Select(no => from + (TimeSpan.FromDays(6) / rounds * no));
        return
        [
            .. even.Append(new(2021, 12, 10, 23, 58, 0, Wall)).Append(new(2021, 12, 11, 0, 1, 0, Wall)).Order(),
            new(2022, 12, 20, 10, 0, 0, Wall),
        ];
    }
}

/// <summary>What one channel sends: requests, notices, repetitions, late and early, true and false.</summary>
sealed class ChannelPlan(string channel, Dice dice, Town town, Func<int, DateOnly, bool> isListedOn)
{
    readonly List<Told> sent = [];
    readonly List<(int Round, Told Message)> delayed = [];
    int last;

    public IReadOnlyList<Step> Round(int no, DateTimeOffset at)
    {
        var steps = new List<Step>();
        for (int nth = 0; nth < 3; nth++)
        {
            var id = $"{no}.{channel}.{nth}";
            if (sent.Count > 0 && dice.In(8))
                steps.Add(new CancelStep(id, channel, dice.In(70) ? Earlier() : Fresh(at), false));
            else if (dice.In(6))
                steps.Add(new CancelStep(id, channel, Fresh(at), true));
            else
                steps.Add(Send(id, no, at));
        }

        return steps;
    }

    SendStep Send(string id, int no, DateTimeOffset at)
    {
        var batch = delayed.FindAll(one => one.Round <= no).ConvertAll(one => one.Message);
        delayed.RemoveAll(one => one.Round <= no);
        for (int left = 1 + dice.Below(3); left > 0; left--)
        {
            var message = sent.Count > 0 && dice.In(20) ? Changed(Earlier()) : Fresh(at);
            // The notice follows its request; some messages arrive much later than others.
            if (!message.Message.HasMoved)
                delayed.Add((no + 1 + dice.Below(3), message with { Message = message.Message with { HasMoved = true } }));
            if (dice.In(10))
                delayed.Add((no + 1 + dice.Below(4), message));
            else
                batch.Add(message);
            if (dice.In(8))
                batch.Add(message);
        }

        bool isHeard = !dice.In(8);
        if (!isHeard)
            delayed.AddRange(batch.ConvertAll(message => (no + 1, message)));
        // Out of order.
        batch = [.. batch.Select(message => (message, Place: dice.Below(1000))).OrderBy(one => one.Place).Select(one => one.message)];
        return new(id, channel, batch) { IsHeard = isHeard, IsTwice = dice.In(8) };
    }

    Told Earlier() => sent[^(1 + dice.Below(Math.Min(60, sent.Count)))];

    /// <summary>The number with other content, at times.</summary>
    Told Changed(Told told) => dice.In(75)
        ? told
        : told with { Message = told.Message with { Amount = told.Message.Amount + Money.FromFen(1) } };

    Told Fresh(DateTimeOffset at)
    {
        int person = dice.Below(town.People.Count);
        var one = town.People[person];
        var paidAt = dice.Below(100) switch
        {
            < 60 => at.AddMinutes(-dice.Below(600)),
            < 80 => at,
            < 92 => at.AddMinutes(3),
            < 96 => at.AddMinutes(10),
            _ => at.AddDays(-45 - dice.Below(30)),
        };
        var day = BusinessDay.Of(paidAt);
        // A minute ahead of midnight is a day whose lists are not known yet, unless everybody owes the same by then.
        if (day > DateOnly.FromDateTime(at.DateTime) && day <= Price.CentralEnds)
            (paidAt, day) = (at, DateOnly.FromDateTime(at.DateTime));
        long due = Price.Of(one.Born, isListedOn(person, day), day) is { } fen and > 0 ? fen : 320_00;
        var (number, name) = (one.Number.Full, one.Name);
        switch (dice.Below(100))
        {
            case < 10:
                due = dice.Pick<long>([due + 1, due - 1, due == 160_00 ? 320_00 : 160_00, 900_00, 1]);
                break;
            case < 13:
                (number, person) = (dice.Pick<string>(["", "不是号码", "370481199001011234"]), -1);
                break;
            case < 16:
                (name, person) = (name + "甲", -1);
                break;
        }

        var message = new ChannelMessage($"{channel[0]}{++last}", TestArea.Year, Money.FromFen(due), paidAt)
        {
            Number = number,
            Name = name,
            HasMoved = dice.In(45),
        };
        var told = new Told(person, message);
        sent.Add(told);
        return told;
    }
}
