using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Canbao.Web.Channels;

/// <summary>Asks what somebody owes.</summary>
sealed record DueRequest
{
    [Description("保险年度，如 2022")]
    public required int Year { get; init; }

    [Description("证件号码")]
    public required string Number { get; init; }

    [Description("姓名，须与证件号码相符")]
    public required string Name { get; init; }
}

/// <summary>What somebody owes today.</summary>
sealed record DueResponse
{
    [Description("payable 可以缴费；paid 已缴费；not_registered 未参保登记；nothing_due 不需要或不能缴费")]
    public required string State { get; init; }

    [Description("今天应缴的金额，单位分；只在 payable 时有")]
    public long? AmountFen { get; init; }

    [Description("为什么是这个金额，由谁资助")]
    public string Text { get; init; } = "";

    [Description("今天缴费，待遇从哪天开始；没有则不写")]
    public DateOnly? CoverFrom { get; init; }

    [Description("待遇到哪天为止，含当天")]
    public DateOnly? CoverUntil { get; init; }
}

/// <summary>A payment notice that was made by a declaration.</summary>
sealed record DeclarationResponse
{
    [Description("缴费通知号；缴费时用它代替证件号码和姓名")]
    public required string Declaration { get; init; }

    [Description("今天应缴的金额，单位分")]
    public required long AmountFen { get; init; }

    [Description("通知在哪天之前有效，含当天")]
    public required DateOnly ValidUntil { get; init; }
}

/// <summary>A payment: a request, or the notice of money that has moved.</summary>
sealed record PaymentRequest
{
    [Description("渠道自己的流水号；同一笔缴费无论发送几次都用同一个")]
    public required string Reference { get; init; }

    [Description("保险年度；用缴费通知号时可以不写")]
    public int? Year { get; init; }

    [Description("金额，单位分")]
    public required long AmountFen { get; init; }

    [Description("在渠道的缴费时间，带时区；决定当天的标准。请求缴费时不得早于现在 24 小时以上（C113）")]
    public required DateTimeOffset PaidAt { get; init; }

    [Description("证件号码；用缴费通知号时不写")]
    public string? Number { get; init; }

    [Description("姓名；用缴费通知号时不写")]
    public string? Name { get; init; }

    [Description("缴费通知号")]
    public string? Declaration { get; init; }
}

/// <summary>What became of a payment.</summary>
sealed record PaymentResponse
{
    [Description("posted 已入账；suspense 已挂账，等待核实；settled 挂账已处理；cancelled 已撤销；refused 没有入账")]
    public required string State { get; init; }

    [Description("凭据号；已入账时才有")]
    public string Receipt { get; init; } = "";

    [Description("原因代码；已入账时没有")]
    public string Code { get; init; } = "";

    [Description("原因和怎么办")]
    public string Text { get; init; } = "";
}

/// <summary>A payment that we have of a channel.</summary>
sealed record StatementLine
{
    [Description("渠道的流水号")]
    public required string Reference { get; init; }

    [Description("金额，单位分")]
    public required long AmountFen { get; init; }

    [Description("缴费时间")]
    public required DateTimeOffset PaidAt { get; init; }

    [Description("posted、suspense、settled 或 cancelled")]
    public required string State { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DueRequest))]
[JsonSerializable(typeof(DueResponse))]
[JsonSerializable(typeof(DeclarationResponse))]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(PaymentResponse))]
[JsonSerializable(typeof(IReadOnlyList<StatementLine>))]
sealed partial class ChannelJson : JsonSerializerContext;
