using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;

namespace Canbao.Core.Work;

/// <summary>One fact as both sides tell it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Theirs">As the other office says; empty where it does not.</param>
/// <param name="Ours">As the register says; empty where it does not.</param>
public sealed record ComparedFact(string Name, string Theirs, string Ours)
{
    /// <summary>Whether both tell it, and differently.</summary>
    public bool Differs => Theirs.Length > 0 && Theirs != Ours;
}

/// <summary>A finding with everything that it takes to decide it.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Ours">The person; null for whoever is not in the register.</param>
/// <param name="Facts">What both sides say, fact by fact.</param>
/// <param name="File">The file that told it.</param>
public sealed record FindingFile(Finding Finding, PersonInUnit? Ours, IReadOnlyList<ComparedFact> Facts, ComparedFile? File)
{
    /// <summary>Who decided it, and when; null while it is to be decided.</summary>
    public ActRow? Decided { get; init; }

    /// <summary>Whether it is still to be decided.</summary>
    public bool IsOpen => Finding.Row.State is FindingState.Open or FindingState.Postponed;
}

/// <summary>Findings as whoever decides them sees them.</summary>
/// <param name="vault">Opens what was told.</param>
public sealed class FindingFiles(Vault vault)
{
    readonly Comparisons comparisons = new(vault);

    /// <summary>A finding of a unit or below it; null where there is none. Without a unit: the whole area.</summary>
    public async Task<FindingFile?> FindAsync(Session session, int area, UnitRange? within, long id)
    {
        if (!await Comparisons.IsWithinAsync(session, area, within, id)
            || await comparisons.FindAsync(session, area, id) is not { } finding)
            return null;
        var row = finding.Row;
        var tree = await UnitStore.ReadAsync(session, area);
        var ours = row.PersonId is { } person
            ? await People.FindWithinAsync(session, area, new(tree.PathOf(tree.Root)), person)
            : null;
        var enrolment = ours is null ? null : await Enrolments.FindAsync(session, area, new(row.InsuranceYear), ours.Person.PersonId);
        var file = await Comparisons.FileAsync(session, area, "", row.ComparisonId);
        return new(finding, ours, [.. Facts(finding, ours, enrolment, tree)], file)
        {
            Decided = row.State == FindingState.Open ? null : await ActLog.FindAsync(session, area, row.ActId),
        };
    }

    /// <summary>What accepting a finding does, in Chinese.</summary>
    public static string Consequence(Finding finding)
    {
        var (told, year) = (finding.Told, finding.Row.InsuranceYear);
        var from = told.Day is { } day ? $"自 {day:yyyy-MM-dd} 起" : "自今天起";
        return finding.Row.Kind switch
        {
            FindingKinds.MissingHere => "在所选单位登记此人",
            FindingKinds.NameDiffers => $"登记的姓名改为“{told.Name}”",
            FindingKinds.Dead or FindingKinds.DeadEnrolled => $"登记死亡，日期 {told.Day:yyyy-MM-dd}；死亡之后年度的参保登记同时注销",
            FindingKinds.DeathDayDiffers => $"死亡日期改为 {told.Day:yyyy-MM-dd}",
            FindingKinds.MovedIn => $"{from}，户籍居住改为本地户籍",
            FindingKinds.MovedOut => $"{from}，户籍居住改为非本地户籍",
            FindingKinds.Duplicate => $"注销 {year} 年度参保登记，记下在别处参保；待遇已开始的，另生成一条待追回",
            FindingKinds.InsuredThere => $"{from}，记下在别处参保",
            FindingKinds.Inmate => $"{from}，记下被监管",
            FindingKinds.SchoolDiffers => "学籍按来文更正",
            FindingKinds.NotEnrolled => $"办理 {year} 年度参保登记",
            _ => "记下已追回，登记不变",
        };
    }

    static IEnumerable<ComparedFact> Facts(Finding finding, PersonInUnit? ours, EnrolmentRow? enrolment, UnitTree tree)
    {
        var (row, told) = (finding.Row, finding.Told);
        var source = ComparisonSource.Find(row.Source)!;
        var status = ours?.Status;
        yield return new("姓名", told.Name, ours?.Person.Name ?? "");
        yield return new("证件号码", row.NumberMask, ours?.Person.NumberMask ?? "");
        yield return new("单位", "", ours?.Unit.Name ?? "");
        if (source.Word.Length > 0 && source != ComparisonSource.Schools)
            yield return new(source.Word, told.Word, "");
        yield return source.Code switch
        {
            "deaths" => new("死亡日期", Day(told.Day), Day(ours?.Person.DiedOn)),
            "police" => new(source.Day, Day(told.Day), ours?.Person.DiedOn is { } died ? $"{died:yyyy-MM-dd} 死亡" : ""),
            "schools" => new(source.Day, Day(told.Day), Day(status?.SchoolEntry)),
            _ => new(source.Day.Length > 0 ? source.Day : "参保日期", Day(told.Day), ""),
        };
        if (source == ComparisonSource.Schools)
        {
            yield return new("学段", told.Word, status is null ? "" : RegistryWords.Students[status.Student]);
            yield return new("学校、班级", Named(told.Unit) ?? told.Place, Named(status?.SchoolUnit) ?? "");
        }
        else if (source.Place.Length > 0)
        {
            yield return new(source.Place, told.Place, source == ComparisonSource.Police ? status?.Address ?? "" : "");
        }

        if (status is null)
            yield break;
        yield return new("户籍居住", "", RegistryWords.Residences[status.Residence]);
        yield return new("就业", "", RegistryWords.Employments[status.Employment]);
        yield return new("外地参保", "", RegistryWords.OtherCovers[status.OtherCover]);
        yield return new($"{row.InsuranceYear} 年度参保", "", enrolment switch
        {
            null => "未登记",
            { EndedOn: { } ended } => $"{ended:yyyy-MM-dd} 已注销（{enrolment.EndReason}）",
            _ => $"{enrolment.RegisteredOn:yyyy-MM-dd} 登记",
        });

        string? Named(string? code) => code is not null && tree.Find(code) is { } unit
            ? unit.Kind == UnitKind.School ? unit.Name : $"{tree.Find(unit.Parent)?.Name}{unit.Name}"
            : null;
    }

    static string Day(DateOnly? day) => day is null ? "" : $"{day:yyyy-MM-dd}";
}
