using System.Globalization;
using System.Text.Json.Nodes;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;

namespace Canbao.Core.Work.Timelines;

/// <summary>How an office says what happened, in one sentence each.</summary>
public static class TimelineWords
{
    /// <summary>The kinds, with their codes in addresses.</summary>
    public static IReadOnlyList<(TimelineKind Kind, string Code, string Chinese)> Kinds { get; } =
    [
        (TimelineKind.Register, "register", "人员登记"), (TimelineKind.Enrolment, "enrolment", "参保登记"),
        (TimelineKind.List, "list", "人员类别"), (TimelineKind.Due, "due", "应缴和资助"), (TimelineKind.Money, "money", "缴费退费"),
        (TimelineKind.Cover, "cover", "待遇"), (TimelineKind.Outreach, "outreach", "走访扩面"), (TimelineKind.Case, "case", "比对和申请"),
        (TimelineKind.Access, "access", "查看号码材料"),
    ];

    /// <summary>A kind.</summary>
    public static string Chinese(TimelineKind kind) => Kinds[(int)kind].Chinese;

    /// <summary>What a change was about.</summary>
    public static TimelineKind KindOf(string subject, string action) => (subject, action) switch
    {
        (_, "number_shown" or "file_shown" or "application_shown") => TimelineKind.Access,
        ("person", "category_added" or "category_removed" or "category_addition_undone" or "category_removal_undone") => TimelineKind.List,
        ("person", "due") => TimelineKind.Due,
        ("person", "paid" or "payment_reversed") => TimelineKind.Money,
        ("person", "covered" or "cover_ended") => TimelineKind.Cover,
        ("person", "enrolled" or "enrolment_changed") => TimelineKind.Enrolment,
        ("person" or "household", _) => TimelineKind.Register,
        ("outreach_case", _) => TimelineKind.Outreach,
        ("finding" or "resident_application", _) => TimelineKind.Case,
        _ => TimelineKind.Money,
    };

    /// <summary>A payment.</summary>
    public static string Paid(int year, string channel, string yuan, string receipt, DateOnly? day = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{year} 年度，{ActWords.Channel(channel)} {yuan} 元，票据号 {receipt}")
            + (day is { } paid ? $"，缴费日 {paid:yyyy-MM-dd}" : "");

    /// <summary>A registration for a year.</summary>
    public static string Enrolled(int year, string kind, string registered) => string.Create(
        CultureInfo.InvariantCulture, $"{year} 年度，{RegistryWords.Enrolment(kind)}，登记日 {registered}");

    /// <summary>A span of cover.</summary>
    public static string Covered(string from, string until, string ground) => $"{from} 至 {until}，{ActWords.Ground(ground)}";

    /// <summary>What a change did.</summary>
    /// <param name="logged">The change with its act.</param>
    /// <param name="unitName">The name of a unit's code.</param>
    public static (string What, string Detail) Told(LoggedChange logged, Func<string, string> unitName)
    {
        var change = logged.Change;
        var said = new Said(change);
        var what = ActWords.Action(change.Action);
        return (change.Subject, change.Action) switch
        {
            ("person", "paid" or "payment_reversed") => (what, Paid(said.Year, said["channel"], said["amount"], said["receipt"])
                + (change.Action == "paid" ? "" : "；由它开通的待遇同时收回")),
            ("person", "covered") => (what, Covered(said["from_day"], said["until_day"], said["ground"])),
            ("person", "cover_ended") => (what, change.New is null
                ? $"原定 {said.Old("from_day")} 至 {said.Old("until_day")}，已收回"
                : $"原至 {said.Old("until_day")}，改为至 {said["until_day"]}"),
            ("person", "due") => (what, Due(said)),
            ("person", "enrolled") when change.Old is null => (what, Enrolled(said.Year, said["kind"], said["registered_on"])
                + $"，{unitName(said["unit"])}"),
            ("person", "category_added" or "category_removed" or "category_addition_undone" or "category_removal_undone") =>
                (what, $"{said["category"]}（{said["department"]}），自 {said["day"]} 起"),
            ("refund", _) => (change.Old is null ? "申请退费" : said.Has("state") ? RefundStep(said["state"]) : what, Refund(said)),
            ("outreach_case", "contacted") => (what, $"{said["day"]}，{said["way"]}，{said["result"]}"
                + (said["next_visit"] is { Length: > 0 } next ? $"，下次走访 {next}" : "")),
            ("finding", "decided") => (what, $"{FindingKinds.Chinese(said["kind"])}：{Finding(said["state"])}"),
            ("collection_batch", _) => (ActWords.Kind(logged.Act.Kind), ""),
            _ => (what, Fields(change, unitName)),
        };
    }

    /// <summary>An amount that is owed, or why there is none.</summary>
    public static string Owed(string? yuan, string outcome) => yuan is not null ? $"{yuan} 元" : DueText.Outcome(outcome);

    /// <summary>The clauses that decide what is owed by now; empty where they did not change.</summary>
    internal static string Clauses(ActChangeRow change) => new Said(change).New("clauses");

    /// <summary>The receipt's number of a payment.</summary>
    internal static string Receipt(ActChangeRow change) => new Said(change)["receipt"];

    /// <summary>All fields of a change in a line.</summary>
    static string Fields(ActChangeRow change, Func<string, string> unitName) => string.Join('，', ActWords.Read(change, unitName)
        .Where(field => field.Old is not null || field.New is not null)
        .Select(field => (field.Old, field.New) switch
        {
            ({ Length: > 0 } old, { Length: > 0 } now) => $"{field.Name} {old} → {now}",
            ({ Length: > 0 } old, _) => $"{field.Name} {old} → 无",
            (_, var now) => $"{field.Name} {now}",
        }));

    static string Due(Said said)
    {
        var text = said.Has("personal") || said.Has("outcome")
            ? $"个人应缴 {Owed(said.OldOrNone("personal"), said.Old("outcome"))} → {Owed(said.NewOrNone("personal"), said.New("outcome"))}"
            : "个人应缴不变，承担方或依据变了";
        return said.Has("pack") ? $"{text}，政策包 {said["pack"]}" : text;
    }

    static string RefundStep(string state) => state switch
    {
        Refunds.Approved => "同意退费",
        Refunds.Refused => "不同意退费",
        Refunds.Sent => "退费交银行付款",
        Refunds.Failed => "退费付款失败",
        Refunds.Paid => "退费已付款",
        _ => "退费",
    };

    static string Refund(Said said)
    {
        var parts = new List<string>();
        if (said.Has("amount"))
            parts.Add($"{said["amount"]} 元");
        if (said.Has("reason"))
            parts.Add(Refunds.Reason(said["reason"]));
        if (said.New("payee") is { Length: > 0 } payee)
            parts.Add($"收款账号 {payee}");
        parts.AddRange(new[] { said.New("decision"), said.New("answer") }.Where(text => text.Length > 0));
        return string.Join('，', parts);
    }

    static string Finding(string state) => state switch
    {
        "accepted" => "采纳",
        "rejected" => "不采纳",
        "postponed" => "暂缓",
        _ => "登记已与来文一致",
    };

    /// <summary>The fields of a change as they were recorded.</summary>
    sealed class Said(ActChangeRow change)
    {
        readonly JsonObject old = Parse(change.Old), now = Parse(change.New);

        /// <summary>A field as it is; as it was, where it is gone. Empty for none.</summary>
        public string this[string name] => NewOrNone(name) ?? OldOrNone(name) ?? "";

        public int Year => int.TryParse(this["year"], NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? year : 0;

        public bool Has(string name) => old.ContainsKey(name) || now.ContainsKey(name);

        public string Old(string name) => OldOrNone(name) ?? "";

        public string New(string name) => NewOrNone(name) ?? "";

        public string? OldOrNone(string name) => old[name]?.ToString();

        public string? NewOrNone(string name) => now[name]?.ToString();

        static JsonObject Parse(string? text) => text is null ? [] : JsonNode.Parse(text)!.AsObject();
    }
}
