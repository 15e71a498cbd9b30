using System.Net;
using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Core.Tests.Work.Exchange;

/// <summary>A town with people, and the offices that it exchanges messages with: their folders, keys and numbers.</summary>
sealed class Offices : IAsyncDisposable
{
    public const string Channel = "etax";

    readonly Dictionary<string, byte[]> secrets = [];
    readonly Dictionary<string, long> numbers = [];

    Offices(TestArea area, List<PersonRow> people) => (Area, People) = (area, people);

    public TestArea Area { get; }

    /// <summary>People 1 and on; the list stands at 0.</summary>
    public List<PersonRow> People { get; }

    public ExchangeTools Tools => ToolsOf(Area.Database);

    public SandboxPartner Sandbox { get; } = new();

    public string Root => Area.PathOf("exchange");

    public static async Task<Offices> OpenAsync(Engine engine, int people = 0, params string[] offices)
    {
        var area = await TestArea.CreateAsync(engine);
        var town = new Offices(area, people == 0 ? [] : (await Lists.WithPeopleAsync(area, people)).People);
        await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, Channel, "电子税务局"));
        foreach (var office in offices)
            await town.AddAsync(office);
        return town;
    }

    public ExchangeTools ToolsOf(Database database) => new(database, Area.Vault, Area.Dues, Lists.Names);

    /// <summary>Adds an office as a partner of its own name, but for streets, which are named by their unit.</summary>
    public async Task AddAsync(string office, string unit = "", string address = "", bool workbooks = false)
    {
        var code = unit.Length > 0 ? unit : office;
        secrets[code] = await Area.DoAsync("exchange.partner", act => new Partners(Area.Vault).AddAsync(act, new(code, office, office)
        {
            Unit = unit,
            Address = address,
            WantsWorkbooks = workbooks,
            Channel = office == "tax" ? Channel : "",
        }));
    }

    /// <summary>Enrols people for the year; dues follow.</summary>
    public Task EnrolAsync(params int[] people) => Area.DoAsync("enrol", act =>
        new RegisterDesk(Area.People, Area.Enrolments, Area.Dues).EnrolAsync(
            act, new(TestArea.Year, EnrolmentKinds.New, 1), [.. people.Select(person => People[person - 1].PersonId)]));

    /// <summary>Somebody who is enrolled pays what is due, in cash.</summary>
    public Task PayAsync(int person) => Area.DoAsync("cash.take", async act =>
    {
        long id = People[person - 1].PersonId;
        var quote = await Area.Dues.QuoteAsync(act.Session, TestArea.Code, TestArea.Year, id, act.Today);
        await new CashDesk(Area.Dues).TakeAsync(act, TestArea.Year, [new(id, quote!.Personal!.Value)]);
    });

    public Task<MadeLists> FridayAsync(DateOnly? day = null) => new FridayLists(Tools).MakeAsync(
        TestArea.Code, new("bureau", "名单"), day ?? Lists.Today, TestArea.Year);

    public Task<MadeLists> FeedAsync() => new TaxFeed(Tools).MakeAsync(TestArea.Code, new("bureau", "数据"), TestArea.Year);

    public Task<RoundReport> RunAsync(Database? database = null) => new ExchangeRound(
        ToolsOf(database ?? Area.Database), new FolderWay(Root), new HttpWay(new HttpClient(Sandbox, disposeHandler: false)))
        .RunAsync(TestArea.Code);

    public string Folder(string partner, string folder)
    {
        var path = Path.Combine(Root, $"{TestArea.Code}", partner, folder);
        Directory.CreateDirectory(path);
        return path;
    }

    public string[] Files(string partner, string folder) =>
        [.. Directory.GetFiles(Folder(partner, folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>An envelope of a partner's, with its next number unless one is told.</summary>
    public Envelope Envelope(
        string partner, string kind, byte[] content, long? rows = null, long? number = null, Func<Envelope, Envelope>? with = null)
    {
        long next = number ?? (numbers[partner] = numbers.GetValueOrDefault(partner) + 1);
        var envelope = new Envelope
        {
            Area = TestArea.Code,
            Partner = partner,
            Direction = Messages.In,
            Number = next,
            Kind = kind,
            Day = Lists.Today,
            Year = TestArea.Year.Year,
            File = FormattableString.Invariant($"{next:000}-{kind}.csv"),
            Rows = rows ?? Encoding.UTF8.GetString(content).Count(letter => letter == '\n') - 1,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        return ExchangeSigning.Sign(with?.Invoke(envelope) ?? envelope, secrets[partner]);
    }

    /// <summary>Puts a file and its envelope into a partner's folder.</summary>
    public Envelope Put(
        string partner, string kind, string text, long? rows = null, long? number = null, Func<Envelope, Envelope>? with = null)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var envelope = Envelope(partner, kind, content, rows, number, with);
        Put(partner, envelope, content);
        return envelope;
    }

    public void Put(string partner, Envelope envelope, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder(partner, "in"), envelope.File), content);
        File.WriteAllBytes(Path.Combine(Folder(partner, "in"), envelope.File + ".json"), envelope.Json());
    }

    /// <summary>A receipt of a partner's for a message of ours.</summary>
    public Receipt ReceiptOf(ExchangeMessageRow message, long refused = 0, int run = 1) => ExchangeSigning.Sign(
        new Receipt
        {
            Area = TestArea.Code,
            Partner = message.Partner,
            Direction = Messages.Out,
            Number = message.Number!.Value,
            Sha256 = Convert.ToHexStringLower(message.Sha256),
            Run = run,
            State = Receipts.StateOf(message.RowsTold - refused, refused),
            Accepted = message.RowsTold - refused,
            Refused = refused,
        },
        secrets[message.Partner]);

    public void PutReceipt(Receipt receipt, string name = "r.receipt.json") =>
        File.WriteAllBytes(Path.Combine(Folder(receipt.Partner, "in"), name), receipt.Json());

    /// <summary>All messages, oldest first.</summary>
    public Task<List<ExchangeMessageRow>> MessagesAsync() => Area.ReadAsync(session =>
        session.Table<ExchangeMessageRow>().Where(row => row.Area == TestArea.Code).OrderBy(row => row.MessageId).ToListAsync());

    /// <summary>The last receipt of a message with its refused rows, in a line.</summary>
    public async Task<string> ReceiptAsync(ExchangeMessageRow message) => await Area.ReadAsync(async session =>
    {
        if (await Receipts.LastAsync(session, TestArea.Code, message.MessageId) is not { } row)
            return "none";
        var lines = await Receipts.LinesAsync(session, TestArea.Code, (row.MessageId, row.Run), (0, 99));
        return $"{row.Run} {row.State} {row.Accepted}/{row.Refused} {row.Code}".TrimEnd()
            + string.Concat(lines.Select(line => $" [{line.Line} {line.Field} {line.Code}]"));
    });

    /// <summary>The messages of a direction with their states and receipts, a line each.</summary>
    public async Task<string[]> ToldAsync(string direction = Messages.In)
    {
        var told = new List<string>();
        foreach (var row in (await MessagesAsync()).Where(row => row.Direction == direction))
            told.Add($"{row.Partner} {row.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} {row.Kind} "
                + $"{row.State} " + await ReceiptAsync(row));
        return [.. told];
    }

    /// <summary>The content of a message, as it was kept.</summary>
    public async Task<string> ContentAsync(ExchangeMessageRow message)
    {
        using var opened = await Area.ReadAsync(async session => await new Uploads(Area.Vault).OpenAsync(
            session, (await Uploads.FindAsync(session, TestArea.Code, message.UploadId!.Value))!));
        using var reader = new StreamReader(opened.File.Open());
        return await reader.ReadToEndAsync();
    }

    public ValueTask DisposeAsync()
    {
        Sandbox.Dispose();
        return Area.DisposeAsync();
    }
}

/// <summary>An office at the other end of HTTP, which is as careless as offices are.</summary>
sealed class SandboxPartner : HttpMessageHandler
{
    /// <summary>What it answers to the next requests; after that it says 202.</summary>
    public Queue<Func<Envelope, HttpResponseMessage>> Answers { get; } = new();

    /// <summary>Everything that reached it, with its content.</summary>
    public List<(Envelope Envelope, string Content)> Got { get; } = [];

    /// <summary>Receipts of ours that reached it.</summary>
    public List<Receipt> Receipts { get; } = [];

    public static HttpResponseMessage Down(Envelope envelope) => throw new HttpRequestException("down");

    public static HttpResponseMessage Lost(Envelope envelope) => throw new TaskCanceledException("no answer in time");

    public static HttpResponseMessage Busy(Envelope envelope) => new(HttpStatusCode.ServiceUnavailable);

    public static HttpResponseMessage Refuse(Envelope envelope) => new(HttpStatusCode.Conflict);

    public static Func<Envelope, HttpResponseMessage> Say(Receipt receipt) =>
        _ => new(HttpStatusCode.OK) { Content = new ByteArrayContent(receipt.Json()) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("/receipts", StringComparison.Ordinal))
        {
            Receipts.Add(Receipt.Read(await request.Content!.ReadAsByteArrayAsync(cancellationToken)));
            return new(HttpStatusCode.Accepted);
        }

        var envelope = Envelope.Read(Convert.FromBase64String(request.Headers.GetValues(HttpWay.EnvelopeHeader).Single()));
        var answer = Answers.Count > 0 ? Answers.Dequeue() : _ => new(HttpStatusCode.Accepted);
        if (answer != Down)
            Got.Add((envelope, await request.Content!.ReadAsStringAsync(cancellationToken)));
        return answer(envelope);
    }
}

/// <summary>A clock that ends the program when it has been asked so often.</summary>
sealed class DyingClock(TimeProvider clock, int ticks) : TimeProvider
{
    int left = ticks;

    public override DateTimeOffset GetUtcNow() =>
        Interlocked.Decrement(ref left) < 0 ? throw new InsufficientMemoryException() : clock.GetUtcNow();
}
