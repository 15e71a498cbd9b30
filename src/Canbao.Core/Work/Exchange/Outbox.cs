using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Exchange;

/// <summary>A message that is to be sent.</summary>
/// <param name="Partner">To whom.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">What it is about in one word: there is one message of it to a partner.</param>
/// <param name="Day">The day that it tells of.</param>
/// <param name="Year">The insurance year.</param>
/// <param name="Table">Its content.</param>
sealed record MessageDraft(
    ExchangePartnerRow Partner, ExchangeKind Kind, string Subject, DateOnly Day, InsuranceYear Year, SentTable Table) : IDisposable
{
    /// <summary>The sum, fen; null where none is told.</summary>
    public long? Amount { get; init; }

    public void Dispose() => Table.Dispose();
}

/// <summary>What every way of making messages needs.</summary>
/// <param name="Database">Where.</param>
/// <param name="Vault">Seals and opens.</param>
/// <param name="Dues">What people owe.</param>
/// <param name="Names">All categories.</param>
public sealed record ExchangeTools(Database Database, Vault Vault, Dues Dues, CategoryNames Names)
{
    internal Uploads Uploads { get; } = new(Vault);

    internal People People { get; } = new(Vault);

    /// <summary>The key of a partner.</summary>
    public byte[] SecretOf(ExchangePartnerRow partner) => new Partners(Vault).SecretOf(partner);
}

/// <summary>Keeps messages that are to be sent, numbered and sealed.</summary>
public static class Outbox
{
    /// <summary>The kind under which contents are kept.</summary>
    internal const string UploadKind = "exchange";

    /// <summary>Begins a message's table with the columns that the receiver may see.</summary>
    internal static MessageDraft Begin(
        ExchangeTools tools, Session session, ExchangePartnerRow partner, ExchangeKind kind, (string Subject, DateOnly Day) about,
        InsuranceYear year)
    {
        var columns = ReceiverColumns.Of(kind.Code, partner.Office);
        if (columns.Count == 0)
            throw new ArgumentException($"{partner.Office} may not see {kind.Code}.", nameof(partner));
        var name = $"{kind.Code}-{about.Day:yyyy-MM-dd}.{partner.Format}";
        var spool = tools.Uploads.Begin(session, partner.Area, new(UploadKind, partner.Office, name));
        return new(partner, kind, about.Subject, about.Day, year, new(spool, columns, partner.Format == "xlsx"));
    }

    /// <summary>Keeps a complete message with the next number; null where one of its subject is there already.</summary>
    internal static async Task<ExchangeMessageRow?> AddAsync(Act act, MessageDraft draft)
    {
        var (partner, spool) = (draft.Partner, draft.Table.Spool);
        await Partners.RequireAsync(act.Session, act.Area, partner.Partner);
        if (await Messages.IsMadeAsync(act.Session, act.Area, partner.Partner, draft.Subject))
            return null;
        long number = await Messages.NextNumberAsync(act.Session, act.Area, partner.Partner, Messages.Out);
        await Uploads.KeepAsync(act, spool);
        var row = new ExchangeMessageRow
        {
            Area = act.Area,
            MessageId = act.Session.NextId(),
            Partner = partner.Partner,
            Direction = Messages.Out,
            Number = number,
            ToldNumber = number,
            Kind = draft.Kind.Code,
            Subject = draft.Subject,
            Day = draft.Day,
            InsuranceYear = draft.Year.Year,
            RowsTold = draft.Table.Rows,
            Amount = draft.Amount,
            Sha256 = spool.Upload.Sha256,
            FileName = $"{number:000000}-{spool.Upload.FileName}",
            UploadId = spool.Upload.UploadId,
            State = Messages.Queued,
            MadeAt = act.At,
            ActId = act.Id,
        };
        await Messages.AddAsync(act, row, "made");
        // That full numbers leave is on record with who gets them.
        if (draft.Table.Columns.Contains(SentColumn.Number))
            act.Record("upload", spool.Upload.UploadId, "exported", null,
                new { partner.Partner, Kind = draft.Kind.Code, draft.Table.Rows });
        return row;
    }

    /// <summary>The envelope of a message, signed.</summary>
    public static Envelope EnvelopeOf(ExchangeTools tools, ExchangePartnerRow partner, ExchangeMessageRow row) => ExchangeSigning.Sign(
        new Envelope
        {
            Area = row.Area,
            Partner = row.Partner,
            Direction = row.Direction,
            Number = row.Number!.Value,
            Kind = row.Kind,
            Day = row.Day,
            Year = row.InsuranceYear,
            File = row.FileName,
            Rows = row.RowsTold,
            AmountFen = row.Amount,
            Category = row.Category,
            Sha256 = Convert.ToHexStringLower(row.Sha256),
        },
        tools.SecretOf(partner));

    /// <summary>Puts a message back into the queue that a person looked at, or that the receiver has lost.</summary>
    /// <exception cref="RefusedException">X108: there is none. X111: it is queued anyway, or came from elsewhere.</exception>
    public static async Task ResendAsync(Act act, long id)
    {
        var row = await Messages.FindAsync(act.Session, act.Area, id) ?? throw new RefusedException("X108", "没有找到这份报文；请刷新页面");
        if (row is not { Direction: Messages.Out, State: Messages.Stuck or Messages.Sent or Messages.Answered or Messages.Queued }
            || row is { State: Messages.Queued, NextTry: null })
            throw new RefusedException("X111", $"这份报文现在是“{Messages.State(row.State)}”，不需要重发；请刷新页面");
        await Messages.SetAsync(act, row, row with { State = Messages.Queued, Tries = 0, NextTry = null, Fault = "" }, "resent");
    }
}
