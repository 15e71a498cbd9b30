using System.Security.Cryptography;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Exchange;

/// <summary>A message that was taken.</summary>
/// <param name="Row">The message.</param>
/// <param name="IsKnown">Whether it had come before.</param>
/// <param name="Missing">The number that has to come first; null where none has.</param>
public readonly record struct TakenMessage(ExchangeMessageRow Row, bool IsKnown, long? Missing);

/// <summary>
/// Takes messages at the door: whose it is, whether it is whole, and in which place it comes. What it tells is dealt with behind it
/// (<see cref="InboxDesk"/>).
/// </summary>
/// <param name="tools">What it works with.</param>
public sealed class Inbox(ExchangeTools tools)
{
    /// <summary>Takes a message; the same one again changes nothing.</summary>
    /// <param name="partner">Who hands it over.</param>
    /// <param name="envelope">What stands on its outside.</param>
    /// <param name="content">Its file, read once.</param>
    /// <param name="cancel">Ends it early, with nothing stored.</param>
    /// <exception cref="RefusedException">
    /// X102: the partner is closed. X103: the signature is not its. X104: it may not send this. X105: the content is another. X106: the
    /// number was used for other content.
    /// </exception>
    /// <exception cref="TableFileException">F113: the file is empty or too large.</exception>
    public async Task<TakenMessage> TakeAsync(
        ExchangePartnerRow partner, Envelope envelope, Stream content, CancellationToken cancel = default)
    {
        var area = partner.Area;
        if (await RequireAsync(partner, envelope, cancel) is { } known)
            return known;
        using var spool = await tools.Database.ReadAsync(
            session => Task.FromResult(tools.Uploads.Begin(session, area, new(Outbox.UploadKind, partner.Office, envelope.File))), cancel);
        await content.CopyToAsync(spool, cancel);
        spool.Complete();
        if (Convert.ToHexStringLower(spool.Upload.Sha256) != envelope.Sha256)
            throw new RefusedException("X105", "文件与信封上的摘要不符，可能没有传完或被改动，整份没有收下；请用同一编号重新发送");
        return await Act.DoAsync(
            tools.Database, area, Doer(partner), "exchange.take", act => AddAsync(act, partner, envelope, spool), cancel);
    }

    /// <summary>Keeps what was refused at the door, so that a person sees it; the same refusal again is not kept twice.</summary>
    public Task TurnAwayAsync(ExchangePartnerRow partner, Envelope? envelope, string fileName, RefusedException why) => Act.DoAsync(
        tools.Database, partner.Area, Doer(partner), "exchange.turn_away",
        async act =>
        {
            var row = new ExchangeMessageRow
            {
                Area = partner.Area,
                MessageId = act.Session.NextId(),
                Partner = partner.Partner,
                Direction = Messages.In,
                ToldNumber = envelope?.Number ?? 0,
                Kind = envelope is null ? "" : ExchangeKind.Find(envelope.Kind, Messages.In)?.Code ?? "",
                Day = envelope?.Day ?? act.Today,
                InsuranceYear = envelope?.Year ?? act.Today.Year,
                RowsTold = envelope?.Rows ?? 0,
                Sha256 = envelope is null ? SHA256.HashData([]) : Convert.FromHexString(envelope.Sha256),
                FileName = LongNumbers.Hidden(Path.GetFileName(fileName)),
                State = Messages.TurnedAway,
                Fault = $"{why.Message}（{why.Code}）",
                MadeAt = act.At,
                ActId = act.Id,
            };
            if (!await Messages.WasTurnedAwayAsync(act.Session, row))
                await Messages.AddAsync(act, row, "turned_away");
        });

    /// <summary>Who does what comes from a partner.</summary>
    internal static Doer Doer(ExchangePartnerRow partner) => new($"@{partner.Partner}", $"{partner.Name}传来");

    async Task<TakenMessage?> RequireAsync(ExchangePartnerRow partner, Envelope envelope, CancellationToken cancel)
    {
        if (envelope.Area != partner.Area || envelope.Partner != partner.Partner || envelope.Direction != Messages.In
            || !ExchangeSigning.IsSound(envelope, tools.SecretOf(partner)))
            throw ExchangeSigning.Unsound();
        if (ExchangeKind.Find(envelope.Kind, Messages.In) is not { } kind || !kind.Offices.Contains(partner.Office))
            throw new RefusedException("X104", "这个单位不能传这种报文；请核对类别，或与医保经办机构联系");
        var known = await tools.Database.ReadAsync(
            async session =>
            {
                await Partners.RequireAsync(session, partner.Area, partner.Partner);
                return await Messages.NumberedAsync(session, partner.Area, partner.Partner, Messages.In, envelope.Number);
            },
            cancel);
        return known is null ? null : Known(known, envelope, null);
    }

    static async Task<TakenMessage> AddAsync(Act act, ExchangePartnerRow partner, Envelope envelope, UploadStream spool)
    {
        var area = act.Area;
        long expected = await Messages.ExpectedAsync(act.Session, area, partner.Partner);
        long? missing = null;
        for (long number = expected; number < envelope.Number && missing is null; number++)
            if (await Messages.NumberedAsync(act.Session, area, partner.Partner, Messages.In, number) is null)
                missing = number;
        if (await Messages.NumberedAsync(act.Session, area, partner.Partner, Messages.In, envelope.Number) is { } known)
            return Known(known, envelope, missing);
        await Uploads.KeepAsync(act, spool);
        var row = new ExchangeMessageRow
        {
            Area = area,
            MessageId = act.Session.NextId(),
            Partner = partner.Partner,
            Direction = Messages.In,
            Number = envelope.Number,
            ToldNumber = envelope.Number,
            Kind = envelope.Kind,
            Subject = FormattableString.Invariant($"in {envelope.Number}"),
            Day = envelope.Day,
            InsuranceYear = envelope.Year,
            RowsTold = envelope.Rows,
            Amount = envelope.AmountFen,
            Category = envelope.Category,
            Sha256 = spool.Upload.Sha256,
            FileName = LongNumbers.Hidden(envelope.File),
            UploadId = spool.Upload.UploadId,
            State = missing is null ? Messages.Received : Messages.Waiting,
            Fault = missing is { } first ? $"第 {first} 号还没有收到，先等它" : "",
            MadeAt = act.At,
            ActId = act.Id,
        };
        await Messages.AddAsync(act, row, "taken");
        return new(row, false, missing);
    }

    static TakenMessage Known(ExchangeMessageRow known, Envelope envelope, long? missing) =>
        Convert.ToHexStringLower(known.Sha256) == envelope.Sha256
            ? new(known, true, known.State == Messages.Waiting ? missing : null)
            : throw new RefusedException("X106", $"第 {envelope.Number} 号已用于另一份内容，没有收下；新的内容请用新的编号发送");
}
