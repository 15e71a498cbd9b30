using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Web.Hosting;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Bench;

static partial class LoadBench
{
    sealed record Person(long Id, long? Household, string Number, string Name);

    /// <summary>An account for every hundredth unit's agent, for streets and the bureau; and people to be looked up.</summary>
    static async Task<(List<(string Login, Role Role)> Logins, List<Person> People)> PrepareAsync(Database database, Vault vault)
    {
        var tree = await database.ReadAsync(session => UnitStore.ReadAsync(session, BenchArea.Code));
        var homes = tree.All.Where(unit => unit.Kind == UnitKind.Village).ToList();
        var streets = tree.All.Where(unit => tree.ChildrenOf(unit).Any() && unit.Parent.Length > 0).ToList();
        var logins = new List<(string, Role)>();
        for (int at = 0; at < People; at++)
        {
            var (role, unit) = (at % 10) switch
            {
                0 => (Role.Bureau, tree.Root),
                1 or 2 => (Role.Street, streets[at % streets.Count]),
                _ => (Role.Agent, homes[at * 37 % homes.Count]),
            };
            var login = FormattableString.Invariant($"load-{at}");
            if (await database.ReadAsync(session => session.Table<AccountRow>().AnyAsync(
                row => row.Area == BenchArea.Code && row.Login == login)) is false)
                await Accounts.AddAsync(database, BenchArea.Code, new("@bench", "bench"), new(login, login, role, unit.Code)
                {
                    IsChosen = true,
                }, Password);
            logins.Add((login, role));
        }

        // What an earlier run asked for must not count against this one.
        await database.WriteAsync(session => session.Table<ResidentCountRow>().Where(row => row.Area == BenchArea.Code).DeleteAsync());
        var register = new People(vault);
        var rows = await database.ReadAsync(session => (
            from row in session.Table<PersonRow>()
            join status in session.Table<PersonStatusRow>() on row.PersonId equals status.PersonId
            where row.Area == BenchArea.Code && status.Area == BenchArea.Code && status.UntilDay == null && row.NumberHash != null
                && row.PersonId % 397 == 5
            select new { row, status.HouseholdId }).Take(Residents).ToListAsync());
        return (logins, rows.ConvertAll(one => new Person(
            one.row.PersonId, one.HouseholdId, register.OpenNumber(one.row)!, one.row.Name)));
    }

    static Process Start(params string[] command)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        // It says where it listens.
        process.StandardOutput.ReadLine();
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    static async Task MeasureAsync(Process server, Uri address, List<(string Login, Role Role)> logins, List<Person> people)
    {
        var visits = new ConcurrentBag<Visit>();
        var before = server.TotalProcessorTime;
        using var own = Process.GetCurrentProcess();
        var ownBefore = own.TotalProcessorTime;
        var all = Stopwatch.StartNew();
        await Task.WhenAll(logins.Select((login, at) => WorkAsync(address, login, at, people, visits)));
        own.Refresh();
        server.Refresh();
        Tell(visits);
        double seconds = all.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{visits.Count} pages in {seconds:0} s by {People} people; cores busy: "
                + $"server {(server.TotalProcessorTime - before).TotalSeconds / seconds:0.00}, "
                + $"this program {(own.TotalProcessorTime - ownBefore).TotalSeconds / seconds:0.00}; "
                + $"server's working set {server.WorkingSet64 >> 20} MB"));
    }

    static async Task MeasureLookUpsAsync(Process server, Uri address, List<Person> people)
    {
        var token = await TokenAsync(address);
        double rate = await RateAsync(people, (client, person) => LookUpAsync(client, address, token, person));
        server.Refresh();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| residents looked up a second (posted, then the page) | {rate:0} |"));
        Console.WriteLine($"server's working set {server.WorkingSet64 >> 20} MB");
    }

    /// <summary>Somebody at work: opens the pages of the own menu, and people and households, with pauses.</summary>
    static async Task WorkAsync(
        Uri address, (string Login, Role Role) who, int at, List<Person> people, ConcurrentBag<Visit> visits)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        var chance = new Random(at);
        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var form = Form(("Login", who.Login), ("Password", Password), (TokenName, Token().Match(page).Groups[1].Value));
        using (await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form))
        {
        }

        string[] menu = [.. Routes.Menu(who.Role).SelectMany(group => group).Select(route => route.Pattern)
            .Where(path => !path.StartsWith("/second", StringComparison.Ordinal)), "/"];
        await Task.Delay(chance.Next(PauseSeconds * 1000));
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < Seconds;)
        {
            var person = people[chance.Next(people.Count)];
            var (name, path) = chance.Next(4) switch
            {
                0 => ("/people?search", $"/people?search={Uri.EscapeDataString(person.Name)}"),
                1 when who.Role == Role.Bureau => ("/people/{id}", FormattableString.Invariant($"/people/{person.Id}")),
                2 when who.Role == Role.Bureau && person.Household is { } house => (
                    "/households/{id}", FormattableString.Invariant($"/households/{house}")),
                _ => menu[chance.Next(menu.Length)] is var chosen ? ($"{chosen} {who.Role.Code()}", chosen) : default,
            };
            var took = Stopwatch.StartNew();
            using (var answer = await client.GetAsync(new Uri(path, UriKind.Relative)))
            {
                await answer.Content.ReadAsByteArrayAsync();
                visits.Add(new(name, took.Elapsed.TotalMilliseconds, (int)answer.StatusCode));
            }

            await Task.Delay(PauseSeconds * 500 + chance.Next(PauseSeconds * 1000));
        }
    }

    static void Tell(IEnumerable<Visit> visits)
    {
        Console.WriteLine("| page | times | median ms | slowest ms | answers |\n|---|--:|--:|--:|---|");
        foreach (var page in visits.GroupBy(visit => visit.Path).OrderByDescending(page => Median(page)))
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {page.Key} | {page.Count()} | {Median(page):0} | {page.Max(visit => visit.Milliseconds):0} "
                    + $"| {string.Join(' ', page.Select(visit => visit.Status).Distinct().Order())} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| all | {visits.Count()} | {Median(visits):0} | | |"));
    }

    static double Median(IEnumerable<Visit> visits)
    {
        var sorted = visits.Select(visit => visit.Milliseconds).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    const string TokenName = "__RequestVerificationToken";

    /// <summary>The token of the form and the cookie that belongs to it, for all callers.</summary>
    static async Task<(string Field, string Cookie)> TokenAsync(Uri address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var page = await client.GetAsync(new Uri(address, "/my"));
        var cookie = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(each => each.Split(';')[0]));
        return (Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value, cookie);
    }

    /// <summary>Number and name are posted, then the page is read; every caller behind an address of its own.</summary>
    static async Task<HttpResponseMessage> LookUpAsync(HttpClient client, Uri address, (string Field, string Cookie) token, Person person)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/my"))
        {
            Content = Form(("Number", person.Number), ("Name", person.Name), (TokenName, token.Field)),
        };
        ask.Headers.Add("Cookie", token.Cookie);
        var id = person.Id;
        ask.Headers.Add("X-Forwarded-For", FormattableString.Invariant($"10.{id % 250}.{id / 250 % 250}.{id / 62_500 % 250}"));
        using var found = await client.SendAsync(ask);
        if (found.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"A look-up was answered with {(int)found.StatusCode}.");
        var seen = string.Join("; ", found.Headers.GetValues("Set-Cookie").Select(each => each.Split(';')[0]));
        using var read = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/my"));
        read.Headers.Add("Cookie", $"{token.Cookie}; {seen}");
        return await client.SendAsync(read);
    }

    /// <summary>How many a second are answered when some callers ask at once, each as soon as it is answered.</summary>
    static async Task<double> RateAsync(List<Person> people, Func<HttpClient, Person, Task<HttpResponseMessage>> ask)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        int next = -1;
        // The first make the server compile what all others find compiled.
        await ManyAsync(WarmSeconds);
        return await ManyAsync(RateSeconds) / (double)RateSeconds;

        async Task<int> ManyAsync(int seconds)
        {
            int done = 0;
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
            {
                while (clock.Elapsed.TotalSeconds < seconds)
                {
                    using var answer = await ask(client, people[Interlocked.Increment(ref next) % people.Count]);
                    if (!answer.IsSuccessStatusCode)
                        throw new InvalidOperationException($"Answered with {(int)answer.StatusCode}.");
                    await answer.Content.ReadAsByteArrayAsync();
                    Interlocked.Increment(ref done);
                }
            }));
            return done;
        }
    }

    static FormUrlEncodedContent Form(params (string Key, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Key, field.Value)));

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
