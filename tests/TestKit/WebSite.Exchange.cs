using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Work;
using Canbao.Core.Work.Exchange;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.TestKit;

/// <summary>Other offices and what was exchanged with them.</summary>
public sealed partial class WebSite
{
    readonly Dictionary<string, byte[]> partners = [];

    /// <summary>A folder of the site's own for exchange.</summary>
    public string ExchangeFolder => folder["exchange"];

    /// <summary>Adds an office as a partner of its own name.</summary>
    public async Task AddPartnerAsync(string office, string address = "", string unit = "") =>
        partners[office] = await Act.DoAsync(Database, Area, Setup, "exchange.partner", act => new Partners(vault).AddAsync(
            act, new(office, Core.Access.Departments.Office(office), office)
            {
                Address = address,
                Unit = unit,
                Channel = office == "tax" ? Bank : "",
            }));

    /// <summary>Makes the lists of the last Friday.</summary>
    /// <returns>The first message.</returns>
    public async Task<long> MakeFridayAsync()
    {
        var today = await Database.ReadAsync(session => Task.FromResult(BusinessDay.Of(session.Now)));
        await new FridayLists(ExchangeTools).MakeAsync(Area, Setup, FridayLists.Of(today), PackYear);
        return await Database.ReadAsync(session => session.Table<ExchangeMessageRow>().Where(row => row.Area == Area)
            .MinAsync(row => row.MessageId));
    }

    /// <summary>Goes round all partners once.</summary>
    public Task<RoundReport> ExchangeAsync(HttpMessageHandler? handler = null) => new ExchangeRound(
        ExchangeTools, new FolderWay(ExchangeFolder), new HttpWay(handler is null ? new HttpClient() : new HttpClient(handler)))
        .RunAsync(Area);

    /// <summary>A signed envelope of a partner's.</summary>
    public Envelope EnvelopeOf(string partner, string kind, byte[] content, long number, Func<Envelope, Envelope>? with = null)
    {
        var envelope = new Envelope
        {
            Area = Area,
            Partner = partner,
            Direction = Messages.In,
            Number = number,
            Kind = kind,
            Day = new(2021, 11, 5),
            Year = PackYear.Year,
            File = FormattableString.Invariant($"{number:000}-{kind}.csv"),
            Rows = Encoding.UTF8.GetString(content).Count(letter => letter == '\n') - 1,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        return ExchangeSigning.Sign(with?.Invoke(envelope) ?? envelope, partners[partner]);
    }

    /// <summary>A partner's receipt of the message of a number, signed.</summary>
    public Receipt ReceiptOf(ExchangeMessageRow message) => ExchangeSigning.Sign(
        new Receipt
        {
            Area = Area,
            Partner = message.Partner,
            Direction = Messages.Out,
            Number = message.Number!.Value,
            Sha256 = Convert.ToHexStringLower(message.Sha256),
            Run = 1,
            State = Receipts.Accepted,
            Accepted = message.RowsTold,
            Refused = 0,
        },
        partners[message.Partner]);

    /// <summary>Signs a question of a partner's.</summary>
    public byte[] SignAs(string partner, SignedHead head) => ChannelSigning.Hmac(partners[partner], head, []);

    /// <summary>Takes a partner's first message and deals with it.</summary>
    /// <returns>The message.</returns>
    public async Task<long> HandOverAsync(string partner, string kind, string text, long number = 1)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var row = (await Database.ReadAsync(session => Partners.FindAsync(session, Area, partner)))!;
        var taken = await new Inbox(ExchangeTools).TakeAsync(
            row, EnvelopeOf(partner, kind, content, number), new MemoryStream(content));
        await new InboxDesk(ExchangeTools).HandleAsync(row);
        return taken.Row.MessageId;
    }

    ExchangeTools ExchangeTools => new(Database, vault, new Dues(shelf, vault), CatalogueNames.Of(shelf.Library));
}
