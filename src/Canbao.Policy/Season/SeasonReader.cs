using System.Collections.Immutable;
using System.Globalization;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Policy.Season;

/// <summary>Reads <c>season.yaml</c>, or says everything that is wrong with it.</summary>
static class SeasonReader
{
    static readonly string[] TopKeys = ["rates", "stages", "reports", "bulletins", "work_funds"];

    /// <summary>Reads a season; null where there are findings.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for findings.</param>
    /// <param name="prefix">The notice's prefix.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static SeasonPlan? Read(string text, string file, string prefix, List<Finding> findings)
    {
        int before = findings.Count;
        if (YamlField.Read(text, file, findings) is not { } root)
            return null;
        var fields = root.Fields(TopKeys);
        var plan = new SeasonPlan(
            [.. fields["rates"].Items().Select(item => ReadRate(item.Fields("of", "at_least", "clause"), prefix))],
            [.. fields["stages"].Items().Select(item => ReadStage(item.Fields("says", "of", "days", "clause"), prefix))],
            [.. fields["reports"].Items().Select(item => ReadReport(item, prefix, isForm: true))],
            [.. fields["bulletins"].Items().Select(item => ReadReport(item, prefix, isForm: false))],
            fields["work_funds"].IsGiven ? ReadFunds(fields["work_funds"], prefix) : null);
        return findings.Count > before ? null : plan;
    }

    static SeasonRate ReadRate(Dictionary<string, YamlField> rate, string prefix) =>
        new(ReadGroup(rate["of"]), rate["at_least"].Percent(), Cite(rate["clause"], prefix));

    static SeasonStage ReadStage(Dictionary<string, YamlField> stage, string prefix)
    {
        ImmutableArray<SeasonGroup> of = [.. stage["of"].Items().Select(ReadGroup)];
        if (of.IsEmpty)
            stage["of"].Fault("P414", "缺少“of”；请写明这一阶段是哪些人");
        return new(stage["says"].Text(), of, ReadBounded(stage["days"]), Cite(stage["clause"], prefix));
    }

    static SeasonReport ReadReport(YamlField item, string prefix, bool isForm)
    {
        var report = item.Fields("says", "form", "level", "every", "at", "days", "clause");
        if (isForm != report["form"].IsGiven)
            report["form"].Fault("P411", isForm ? "缺少“form”；请写报表的代码，如 lishi-5" : "通报不填报表；请删去“form”");
        var rhythm = report["every"].OneOf("once、friday、half_month、month", text => text switch
        {
            "once" => (SeasonRhythm?)SeasonRhythm.Once,
            "friday" => SeasonRhythm.Friday,
            "half_month" => SeasonRhythm.HalfMonth,
            "month" => SeasonRhythm.Month,
            _ => null,
        });
        return new(
            report["says"].Text(), report["form"].OptionalText() ?? "", report["level"].Text(), rhythm, ReadTime(report["at"]),
            ReadBounded(report["days"]), Cite(report["clause"], prefix));
    }

    static SeasonFunds ReadFunds(YamlField field, string prefix)
    {
        var funds = field.Fields("on", "rate", "credential_rate", "below", "reached", "with_credentials", "clause");
        return new(
            funds["on"].Day(), funds["rate"].Percent(), funds["credential_rate"].Percent(), funds["below"].Amount(),
            funds["reached"].Amount(), funds["with_credentials"].Amount(), Cite(funds["clause"], prefix));
    }

    static SeasonGroup ReadGroup(YamlField field) => field.OneOf("residents、listed、students、ordinary", text => text switch
    {
        "residents" => (SeasonGroup?)SeasonGroup.Residents,
        "listed" => SeasonGroup.Listed,
        "students" => SeasonGroup.Students,
        "ordinary" => SeasonGroup.Ordinary,
        _ => null,
    });

    static TimeOnly ReadTime(YamlField field)
    {
        if (!field.IsGiven)
            return new(23, 59);
        string text = field.Text();
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        if (text.Length > 0)
            field.Fault("P412", $"时间“{text}”不对；应写成带引号的 \"18:00\"");
        return default;
    }

    // The days are gone through one by one.
    static DateRange ReadBounded(YamlField field)
    {
        int before = field.Findings.Count;
        var days = field.Days();
        if (field.Findings.Count == before && (days.From == DateOnly.MinValue || days.To == DateOnly.MaxValue))
            field.Fault("P413", $"“{days}”应有起止日，如 2022-10-01..2022-12-25");
        return days;
    }

    static string Cite(YamlField field, string prefix) => $"{prefix} {field.Text()}";
}
