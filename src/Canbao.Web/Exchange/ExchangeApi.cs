using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Canbao.Core.Collection;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Core.Work.Exchange;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Web.Exchange;

/// <summary>
/// What other offices speak over HTTP (<c>docs/rooms/exchange.md</c>): a message is a file with its signed envelope in a header, and is
/// answered by its receipt, or by 202 where it waits for an earlier one. A message that is sent again gets the same answer.
/// </summary>
sealed partial class ExchangeApi(ExchangeTools tools, TimeProvider clock, ILogger<ExchangeApi> log)
{
    public const string Root = "/exchange/v1";
    public const string PartnerHeader = "X-Canbao-Partner";

    const int MostReceiptBytes = 1 << 20;

    static readonly JsonSerializerOptions Readable = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    readonly Inbox inbox = new(tools);
    readonly InboxDesk desk = new(tools);
    readonly ReceiptsIn receipts = new(tools);

    /// <summary>Maps all endpoints.</summary>
    public static void Map(IEndpointRouteBuilder app, ExchangeApi api)
    {
        var group = app.MapGroup(Root).ExcludeFromDescription();
        group.MapPost("/messages", (Delegate)api.TakeAsync);
        group.MapPost("/receipts", (Delegate)api.TakeReceiptAsync);
        group.MapGet("/receipts/{number:long}", (Delegate)api.ReceiptAsync);
    }

    Task<IResult> TakeAsync(HttpContext context) => TellAsync(async () =>
    {
        var (request, cancel) = (context.Request, context.RequestAborted);
        var envelope = Envelope.Read(Decoded(request.Headers[HttpWay.EnvelopeHeader].ToString()));
        var partner = await PartnerAsync(envelope.Area, envelope.Partner, cancel);
        try
        {
            await inbox.TakeAsync(partner, envelope, request.Body, cancel);
        }
        catch (RefusedException refused) when (refused.Code is not ("X102" or "X103"))
        {
            await inbox.TurnAwayAsync(partner, envelope, envelope.File, refused);
            throw;
        }

        await desk.HandleAsync(partner, CancellationToken.None);
        return await AnswerAsync(partner, envelope.Number, cancel);
    });

    Task<IResult> TakeReceiptAsync(HttpContext context) => TellAsync(async () =>
    {
        var cancel = context.RequestAborted;
        var body = new byte[MostReceiptBytes];
        int length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        var receipt = Receipt.Read(body.AsSpan(0, length));
        var partner = await PartnerAsync(receipt.Area, receipt.Partner, cancel);
        try
        {
            await receipts.TakeAsync(partner, receipt, cancel);
        }
        catch (RefusedException refused) when (refused.Code is not ("X102" or "X103"))
        {
            await inbox.TurnAwayAsync(
                partner, null, FormattableString.Invariant($"{receipt.Number:000000}{FolderWay.ReceiptEnd}"), refused);
            throw;
        }

        return Results.StatusCode(StatusCodes.Status202Accepted);
    });

    Task<IResult> ReceiptAsync(HttpContext context) => TellAsync(async () =>
    {
        var (headers, cancel) = (context.Request.Headers, context.RequestAborted);
        if (headers[PartnerHeader].ToString().Split('/') is not [var area, var code]
            || !int.TryParse(area, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || !long.TryParse(headers["X-Canbao-Time"], NumberStyles.None, CultureInfo.InvariantCulture, out long time))
            throw new RefusedException("X101", "请写明交换单位（地区代码/单位代码）、时间、随机数和签名");
        var partner = await PartnerAsync(number, code, cancel);
        var head = new SignedHead("GET", context.Request.Path.Value!, time, headers["X-Canbao-Nonce"].ToString());
        ExchangeSigning.Require(tools.SecretOf(partner), head, headers["X-Canbao-Signature"].ToString(), clock.GetUtcNow());
        return await AnswerAsync(partner, long.Parse((string)context.GetRouteValue("number")!, CultureInfo.InvariantCulture), cancel);
    });

    async Task<IResult> AnswerAsync(ExchangePartnerRow partner, long number, CancellationToken cancel)
    {
        var (message, found, receipt) = await tools.Database.ReadAsync(
            async session =>
            {
                var row = await Messages.NumberedAsync(session, partner.Area, partner.Partner, Messages.In, number)
                    ?? throw new RefusedException("X108", $"没有收到过第 {number} 号；请重新发送");
                var last = await Receipts.LastAsync(session, partner.Area, row.MessageId);
                return (row, last, last is null ? null : await Receipts.ReadAsync(session, row, last));
            },
            cancel);
        if (receipt is null)
            return Results.Json(new Answer(message.State, "", message.Fault), Readable, statusCode: StatusCodes.Status202Accepted);
        if (found!.SentAt is null)
            await tools.Database.WriteAsync(session => Receipts.MarkSentAsync(session, found), cancel);
        return Results.Bytes(ExchangeSigning.Sign(receipt, tools.SecretOf(partner)).Json(), "application/json");
    }

    async Task<ExchangePartnerRow> PartnerAsync(int area, string code, CancellationToken cancel) =>
        await tools.Database.ReadAsync(session => Partners.RequireAsync(session, area, code), cancel);

    static byte[] Decoded(string header)
    {
        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header, bytes, out int length) ? bytes[..length] : [];
    }

    /// <summary>Answers, and turns refusals and faults into answers.</summary>
    async Task<IResult> TellAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (RefusedException refused)
        {
            return Refused(refused.Code, refused.Message, refused.Code switch
            {
                "X101" => StatusCodes.Status400BadRequest,
                "X102" or "X103" => StatusCodes.Status401Unauthorized,
                "X108" => StatusCodes.Status404NotFound,
                // It was cut short on its way: the same number again.
                "X105" => StatusCodes.Status408RequestTimeout,
                _ => StatusCodes.Status409Conflict,
            });
        }
        catch (TableFileException fault)
        {
            return Refused(fault.Code, fault.Message, StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException)
        {
            return Refused("X105", "文件没有传完或过大，整份没有收下", StatusCodes.Status408RequestTimeout);
        }
        catch (StorageException fault)
        {
            TellFault(fault.Code);
            return Refused(fault.Code, "系统暂时不能处理；请稍后用同一编号重新发送", StatusCodes.Status503ServiceUnavailable);
        }
    }

    static IResult Refused(string code, string text, int status) =>
        Results.Json(new Answer("refused", code, text), Readable, statusCode: status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of another office was not stored: {Code}")]
    partial void TellFault(string code);

    sealed record Answer(string State, string Code, string Text);
}
