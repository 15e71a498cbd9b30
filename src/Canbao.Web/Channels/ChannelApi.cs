using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Canbao.Core.Collection;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Channels;

/// <summary>
/// What payment channels speak: signed messages of JSON (<c>docs/rooms/channels.md</c>, <c>/channel/v1/openapi.json</c>). Everything is
/// answered as JSON, faults too.
/// </summary>
sealed partial class ChannelApi(
    ChannelCaller caller, ChannelIntake intake, ChannelQuestions questions, Database database, TimeProvider clock, ILogger<ChannelApi> log)
{
    public const string Root = "/channel/v1";

    /// <summary>Maps all endpoints.</summary>
    public static void Map(IEndpointRouteBuilder app, ChannelApi api)
    {
        var group = app.MapGroup(Root).WithTags("缴费渠道");
        group.MapPost("/dues", api.Handle(ChannelJson.Default.DueRequest, api.DueAsync))
            .WithSummary("查询应缴").Accepts<DueRequest>("application/json").Produces<DueResponse>();
        group.MapPost("/declarations", api.Handle(ChannelJson.Default.DueRequest, api.DeclareAsync))
            .WithSummary("申报，取得缴费通知号").Accepts<DueRequest>("application/json").Produces<DeclarationResponse>();
        group.MapPost("/payments", api.Handle(ChannelJson.Default.PaymentRequest, api.PayAsync))
            .WithSummary("请求缴费：不符合的不入账，渠道不得扣款").Accepts<PaymentRequest>("application/json").Produces<PaymentResponse>();
        group.MapPost("/notices", api.Handle(ChannelJson.Default.PaymentRequest, api.NoteAsync))
            .WithSummary("通知款项已收：不符合的挂账").Accepts<PaymentRequest>("application/json").Produces<PaymentResponse>();
        group.MapPost("/cancellations", api.Handle(ChannelJson.Default.PaymentRequest, api.CancelAsync))
            .WithSummary("撤销尚未入账的缴费").Accepts<PaymentRequest>("application/json").Produces<PaymentResponse>();
        group.MapGet("/statements/{day}", (Delegate)api.StatementAsync)
            .WithSummary("我方当日入账明细，供核对").Produces<IReadOnlyList<StatementLine>>();
    }

    // A handler of this type, and not a bare delegate of requests, is described in openapi.json.
    Delegate Handle<TRequest>(JsonTypeInfo<TRequest> type, Func<ChannelCall, TRequest, Task<IResult>> answer) =>
        (HttpContext context) => TellAsync(async () =>
        {
            var call = await caller.ReadAsync(context.Request);
            TRequest? sent;
            try
            {
                sent = JsonSerializer.Deserialize(call.Body.Span, type);
            }
            catch (JsonException)
            {
                sent = default;
            }

            return sent is null
                ? throw new RefusedException("N105", "正文不是约定的 JSON；请按接口说明填写，不要多写字段")
                : await answer(call, sent);
        });

    async Task<IResult> DueAsync(ChannelCall call, DueRequest sent)
    {
        await intake.SendAsync(call.Area, new(call.Channel, call.Nonce, null));
        return Ok(await questions.AskAsync(call.Area, sent), ChannelJson.Default.DueResponse);
    }

    async Task<IResult> DeclareAsync(ChannelCall call, DueRequest sent)
    {
        await intake.SendAsync(call.Area, new(call.Channel, call.Nonce, null));
        return Ok(await questions.DeclareAsync(call.Area, sent), ChannelJson.Default.DeclarationResponse);
    }

    Task<IResult> PayAsync(ChannelCall call, PaymentRequest sent) => TakeAsync(call, sent, hasMoved: false);

    Task<IResult> NoteAsync(ChannelCall call, PaymentRequest sent) => TakeAsync(call, sent, hasMoved: true);

    async Task<IResult> TakeAsync(ChannelCall call, PaymentRequest sent, bool hasMoved)
    {
        var message = questions.Read(call.Area, sent) with { HasMoved = hasMoved };
        var answer = (await intake.SendAsync(call.Area, new(call.Channel, call.Nonce, message)))!;
        var response = new PaymentResponse
        {
            State = answer.IsRefused ? "refused" : answer.State,
            Receipt = answer.Receipt,
            Code = answer.Code,
            Text = answer.Text,
        };
        return Results.Json(response, ChannelJson.Default.PaymentResponse, statusCode: answer.IsRefused ? 409 : 200);
    }

    async Task<IResult> CancelAsync(ChannelCall call, PaymentRequest sent)
    {
        await intake.SendAsync(call.Area, new(call.Channel, call.Nonce, null));
        await questions.CancelAsync(call.Area, call.Channel, questions.Read(call.Area, sent));
        return Ok(new PaymentResponse { State = ChannelNotices.Cancelled }, ChannelJson.Default.PaymentResponse);
    }

    Task<IResult> StatementAsync(HttpContext context) => TellAsync(async () =>
    {
        var call = await caller.ReadAsync(context.Request);
        await intake.SendAsync(call.Area, new(call.Channel, call.Nonce, null));
        if (!DateOnly.TryParseExact(context.GetRouteValue("day") as string, "yyyy-MM-dd", out var day)
            || day > BusinessDay.Of(clock.GetUtcNow()))
            throw new RefusedException("N105", "日期须写成 2021-11-05 的样子，且不晚于今天");
        var rows = await database.ReadAsync(session => ChannelNotices.OfDayAsync(session, call.Area, call.Channel, day));
        return Ok(
            rows.ConvertAll(row => new StatementLine
            {
                Reference = row.Reference,
                AmountFen = row.Amount,
                PaidAt = row.PaidAt.ToOffset(BusinessDay.Offset),
                State = row.State,
            }),
            ChannelJson.Default.IReadOnlyListStatementLine);
    });

    static IResult Ok<T>(T value, JsonTypeInfo<T> type) => Results.Json(value, type);

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
                "N101" or "N102" or "N103" or "N104" => StatusCodes.Status401Unauthorized,
                "N105" => StatusCodes.Status400BadRequest,
                "N106" => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status409Conflict,
            });
        }
        catch (StorageException fault)
        {
            TellFault(fault.Code);
            return Refused(fault.Code, "系统暂时不能处理；请稍后用同一流水号重新发送", StatusCodes.Status503ServiceUnavailable);
        }
    }

    static IResult Refused(string code, string text, int status) => Results.Json(
        new PaymentResponse { State = "refused", Code = code, Text = text }, ChannelJson.Default.PaymentResponse, statusCode: status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of a channel was not stored: {Code}")]
    partial void TellFault(string code);
}
