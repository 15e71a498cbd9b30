using System.Globalization;
using System.Text.Json.Nodes;
using Canbao.Vocabulary;

namespace Canbao.Cli.Sandbox;

/// <summary>Somebody who pays through the sandbox.</summary>
readonly record struct Payer(string Number, string Name);

/// <summary>A line of the statement: money that moved at the bank.</summary>
readonly record struct MovedMoney(string Reference, long Fen, DateTimeOffset At, string State);

/// <summary>
/// Plays a bank that is as careless as a real one: sends twice, gives up waiting and sends again, tells of money late and in another
/// order, takes payments back, pays wrong amounts. All by a seed. Afterwards it holds what was acknowledged against our own statement.
/// </summary>
sealed class SandboxBank(ChannelClient client, int year, int seed, TimeProvider clock)
{
    readonly Random chance = new(seed);
    readonly List<MovedMoney> moved = [];
    readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    readonly List<JsonObject> late = [];
    int number;

    public IReadOnlyList<MovedMoney> Moved => moved;

    public IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>Lets people pay who can.</summary>
    public async Task PlayAsync(IEnumerable<Payer> payers, CancellationToken cancel)
    {
        foreach (var payer in payers)
        {
            var due = await client.SendAsync(HttpMethod.Post, "/channel/v1/dues", Question(payer), cancel);
            Count($"查询 {(due.State.Length > 0 ? due.State : due.Code)}");
            if (due.State == "payable")
                await PayAsync(payer, due.Body!["amount_fen"]!.GetValue<long>(), cancel);
        }

        foreach (var message in late.OrderBy(_ => chance.Next()))
            await TellAsync("notices", message, cancel);
    }

    /// <summary>What was acknowledged and does not stand in our statement of the day, or stands there otherwise.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(DateOnly day, CancellationToken cancel)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/channel/v1/statements/{day:yyyy-MM-dd}");
        var reply = await client.SendAsync(HttpMethod.Get, path, null, cancel);
        var ours = (reply.Body as JsonArray ?? []).ToDictionary(line => line!["reference"]!.GetValue<string>(), line => line!);
        return [.. moved.Where(money => !ours.TryGetValue(money.Reference, out var line)
            || line["amount_fen"]!.GetValue<long>() != money.Fen || line["state"]!.GetValue<string>() != money.State)
            .Select(money => money.Reference)];
    }

    async Task PayAsync(Payer payer, long fen, CancellationToken cancel)
    {
        var message = Question(payer);
        message["reference"] = string.Create(CultureInfo.InvariantCulture, $"SB{seed:000000}{++number:0000000}");
        message["amount_fen"] = fen;
        message["paid_at"] = clock.GetUtcNow().ToOffset(BusinessDay.Offset)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        switch (chance.Next(10))
        {
            case 0:
                await TellAsync("payments", message, cancel);
                await TellAsync("payments", message, cancel);
                break;
            case 1:
                await GiveUpAsync(message, cancel);
                await TellAsync("payments", message, cancel);
                break;
            case 2:
                late.Add(message);
                break;
            case 3:
                await TellAsync("cancellations", message, cancel);
                await TellAsync("payments", message, cancel);
                break;
            case 4:
                message["amount_fen"] = fen + 100;
                await TellAsync("notices", message, cancel);
                break;
            case 5:
                await DeclareAsync(payer, message, cancel);
                break;
            default:
                await TellAsync("payments", message, cancel);
                break;
        }
    }

    /// <summary>As e-tax does: declare, take the notice's number, pay by it.</summary>
    async Task DeclareAsync(Payer payer, JsonObject message, CancellationToken cancel)
    {
        var notice = await client.SendAsync(HttpMethod.Post, "/channel/v1/declarations", Question(payer), cancel);
        foreach (var name in new[] { "year", "number", "name" })
            message.Remove(name);
        message["declaration"] = notice.Body?["declaration"]?.GetValue<string>() ?? "";
        await TellAsync("payments", message, cancel);
    }

    /// <summary>Does not wait for the answer, so that nobody here knows whether it was posted.</summary>
    async Task GiveUpAsync(JsonObject message, CancellationToken cancel)
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        impatient.CancelAfter(TimeSpan.FromMilliseconds(chance.Next(8)));
        try
        {
            await client.SendAsync(HttpMethod.Post, "/channel/v1/payments", message, impatient.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Count("未等回答");
        }
    }

    async Task TellAsync(string what, JsonObject message, CancellationToken cancel)
    {
        var reply = await client.SendAsync(HttpMethod.Post, $"/channel/v1/{what}", message, cancel);
        for (int again = 0; reply.Status is null or System.Net.HttpStatusCode.ServiceUnavailable && again < 20; again++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancel);
            reply = await client.SendAsync(HttpMethod.Post, $"/channel/v1/{what}", message, cancel);
        }

        Count($"{what} {(reply.State.Length > 0 ? reply.State : "无回答")} {reply.Code}".TrimEnd());
        var reference = message["reference"]!.GetValue<string>();
        if (reply.State is "posted" or "suspense" && moved.TrueForAll(money => money.Reference != reference))
            moved.Add(new(reference, message["amount_fen"]!.GetValue<long>(),
                DateTimeOffset.Parse(message["paid_at"]!.GetValue<string>(), CultureInfo.InvariantCulture), reply.State));
    }

    JsonObject Question(Payer payer) => new() { ["year"] = year, ["number"] = payer.Number, ["name"] = payer.Name };

    void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}
