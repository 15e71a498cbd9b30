using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Collection;

/// <summary>Refunds: the words of their reasons and states, and what is written alike wherever they come from.</summary>
public static class Refunds
{
    /// <summary>The states.</summary>
    public const string Requested = "requested", Refused = "refused", Approved = "approved", Sent = "sent", Failed = "failed",
        Paid = "paid";

    /// <summary>The reasons.</summary>
    public const string NewlyExempt = "newly_exempt", Duplicate = "duplicate", DiedBeforeYear = "died_before_year",
        EmployeeBeforeYear = "employee_before_year", PaidTwice = "paid_twice", OfficeError = "office_error", Unmatched = "unmatched";

    /// <summary>On what a refund rests.</summary>
    public const string ByRule = "rule", BySupervisor = "supervisor", ByMatching = "unmatched";

    /// <summary>The states whose money lies on the account of refunds.</summary>
    public static readonly string[] Owed = [Approved, Sent, Failed];

    /// <summary>The reasons for which a payment goes back, as an office says them.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> Reasons { get; } =
    [
        (NewlyExempt, "新列入减免"), (Duplicate, "重复参保"), (DiedBeforeYear, "年度开始前死亡"), (EmployeeBeforeYear, "年度开始前转职工医保"),
        (PaidTwice, "重复缴费"), (OfficeError, "经办差错"),
    ];

    /// <summary>A reason.</summary>
    public static string Reason(string code) =>
        Reasons.FirstOrDefault(one => one.Code == code).Chinese ?? (code == Unmatched ? "款项无法对应" : code);

    /// <summary>A state.</summary>
    public static string State(RefundRow refund) => refund.State switch
    {
        Requested => refund.Basis == BySupervisor ? "待领导决定" : "待医保审核",
        Refused => "不同意",
        Approved => refund.PayeeSealed is null ? "待补收款账号" : "待付款",
        Sent => "银行付款中",
        Failed => "付款失败，待更正账号",
        _ => "已付款",
    };

    /// <summary>Money that waited in suspense and goes back: approved by whoever decided so, and still without an account.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="notice">Of what.</param>
    /// <param name="amount">All of it, or what is left of it.</param>
    public static async Task<RefundRow> AddReturnedAsync(Act act, ChannelNoticeRow notice, Money amount)
    {
        var refund = new RefundRow
        {
            Area = act.Area,
            RefundId = act.Session.NextId(),
            InsuranceYear = notice.InsuranceYear,
            Channel = notice.Channel,
            Reference = notice.Reference,
            Amount = amount.Fen,
            Reason = Unmatched,
            Basis = ByMatching,
            State = Approved,
            Salt = Vault.NewSalt(),
            RequestedBy = act.Account,
            RequestedOn = act.Today,
            CheckedBy = act.Account,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(refund);
        Record(act, refund, null);
        return refund;
    }

    /// <summary>Writes what became of a refund.</summary>
    public static async Task<RefundRow> SetAsync(Act act, RefundRow before, RefundRow now)
    {
        now = now with { ActId = act.Id };
        await act.Session.Data.UpdateAsync(now);
        Record(act, now, before);
        return now;
    }

    /// <summary>Notes a refund as it is beside what it was.</summary>
    public static void Record(Act act, RefundRow now, RefundRow? before) =>
        act.Record("refund", now.RefundId, "refund", before is null ? null : Fields(before), Fields(now));

    static object Fields(RefundRow row) => new
    {
        row.State,
        row.Reason,
        Amount = Money.FromFen(row.Amount).ToString(),
        Payee = row.PayeeMask,
        row.Decision,
        row.Answer,
    };
}
