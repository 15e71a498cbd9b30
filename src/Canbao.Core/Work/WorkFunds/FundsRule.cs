using System.Globalization;
using Canbao.Core.Reporting;
using Canbao.Policy.Season;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.WorkFunds;

/// <summary>
/// What a community gets by the rule of a season (decision 30): for each resident enrolled and paid, by the rate reached and by the share
/// of activated credentials. Shares are compared as they are, never rounded (decision 34).
/// </summary>
public static class FundsRule
{
    /// <summary>Fills in what each person counts, the product and how it comes about.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="line">A community with its numbers.</param>
    public static WorkFundLineRow Reckon(SeasonFunds rule, WorkFundLineRow line)
    {
        var each = !IsRateReached(rule, line) ? rule.Below : !IsActiveReached(rule, line) ? rule.Reached : rule.WithCredentials;
        var amount = Money.FromFen(checked(each.Fen * line.Settled));
        var base_ = line.HasTarget ? "任务" : "应参保";
        var rate = line.Base == 0 ? $"没有{base_}数"
            : $"{base_} {line.Base} 人，参保率 {Percent(line.Settled, line.Base)}，{Verdict(IsRateReached(rule, line), rule.Rate)}";
        var active = line.Active is not { } told || line.ActiveBase is not { } of ? "没有电子凭证激活数"
            : $"激活 {told}/{of}＝{Percent(told, of)}，{Verdict(IsActiveReached(rule, line), rule.CredentialRate)}";
        return line with
        {
            PerPerson = each.Fen,
            Amount = amount.Fen,
            Working = $"参保缴费 {line.Settled} 人，{rate}；{active}；每人 {each} 元×{line.Settled} 人＝{amount} 元",
        };
    }

    /// <summary>What is missing for the next steps, before the day; empty where the highest is reached.</summary>
    public static string Next(SeasonFunds rule, WorkFundLineRow line)
    {
        long people = Missing(line.Settled, line.Base, rule.Rate);
        long credentials = line.ActiveBase is { } of ? Missing(line.Active ?? 0, of, rule.CredentialRate) : 0;
        var told = line.Active is null ? "；还没有电子凭证激活数，暂不能算下一档" : "";
        if (!IsRateReached(rule, line))
            return line.Base == 0 ? "没有任务数和应参保数，不能算参保率"
                : $"再有 {people} 人缴费，达 {rule.Rate}%，每人 {rule.Reached} 元"
                    + (line.Active is null ? told : IsActiveReached(rule, line) ? $"；激活率已达，即为 {rule.WithCredentials} 元"
                        : $"；再激活 {credentials} 人，每人 {rule.WithCredentials} 元");
        return line.Active is null ? "还没有电子凭证激活数，暂不能算下一档"
            : IsActiveReached(rule, line) ? "" : $"再激活 {credentials} 人，达 {rule.CredentialRate}%，每人 {rule.WithCredentials} 元";
    }

    static bool IsRateReached(SeasonFunds rule, WorkFundLineRow line) => IsReached(line.Settled, line.Base, rule.Rate);

    static bool IsActiveReached(SeasonFunds rule, WorkFundLineRow line) =>
        line.Active is { } active && line.ActiveBase is { } of && IsReached(active, of, rule.CredentialRate);

    /// <summary>Of nobody no share is reached.</summary>
    static bool IsReached(long part, long all, int percent) => all > 0 && checked(part * 100) >= checked(all * percent);

    static long Missing(long part, long all, int percent) => Math.Max(0, (checked(all * percent) + 99) / 100 - part);

    static string Verdict(bool isReached, int percent) => $"{(isReached ? "达到" : "未达")} {percent}%";

    /// <summary>Cut off, so that what is not reached never shows as reached.</summary>
    static string Percent(long part, long all) => all == 0 ? "—"
        : string.Create(CultureInfo.InvariantCulture, $"{part * 10_000 / all / 100}.{part * 10_000 / all % 100:00}%");
}
