using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Core.Work.Registrations;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>
/// One registration table: what it would do, worked out from the kept file whenever it is looked at, the rows to mend, and the next step.
/// Only what was shown is applied.
/// </summary>
sealed class RegistrationModel(RegistrationDesk desk) : OfficePage
{
    /// <summary>The number that opens to refused rows.</summary>
    public const string Refused = "Refused";

    UnitTree tree = null!;
    RegistrationOrder order = null!;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Which number is open: <see cref="Refused"/> or a <see cref="RegistrationAction"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    /// <summary>The outcome that was shown.</summary>
    [BindProperty]
    public string Digest { get; set; } = "";

    public UploadRow Upload { get; private set; } = null!;

    public ActRow? Kept { get; private set; }

    public RegistrationKind Kind => order.Kind;

    public InsuranceYear TableYear => order.Year;

    public RegistrationSteps Steps { get; private set; } = null!;

    /// <summary>What it would do; null once it is applied, or where it cannot be read.</summary>
    public RegistrationOutcome? Outcome { get; private set; }

    /// <summary>The refused rows: one page of them.</summary>
    public IReadOnlyList<IntakeFault> Faults { get; private set; } = [];

    /// <summary>The rows behind the number that is open: one page of them.</summary>
    public IReadOnlyList<RegistrationDeed> Deeds { get; private set; } = [];

    public bool More { get; private set; }

    public bool IsOpen => Upload.State == UploadState.Staged;

    public string UnitName => NameOf(Upload.Department);

    /// <summary>Whoever does not enter it hands it in: a community to its street, a street to the centre.</summary>
    public bool MayHandIn => IsOpen && !Steps.IsHandedIn && Viewer.Role is Role.Agent or Role.Street
        && Upload.Department == Viewer.UnitCode;

    /// <summary>Streets report what communities handed in.</summary>
    public bool MayReport => IsOpen && Steps.AwaitsReport && Viewer.Role == Role.Street;

    /// <summary>What the table does, with how many.</summary>
    public IEnumerable<(string Key, string Name, long Count)> Figures =>
    [
        (Refused, "退回的行", Outcome!.Refused),
        .. from action in Enum.GetValues<RegistrationAction>()
           let count = Outcome.Count(action)
           where count > 0
           orderby action == RegistrationAction.None
           select ($"{action}", RegistrationOutcome.Word(action), (long)count),
    ];

    /// <summary>How an office says what is open.</summary>
    public static string Word(string show) =>
        Enum.TryParse<RegistrationAction>(show, out var action) ? RegistrationOutcome.Word(action) : "退回的行";

    public string NameOf(string code) => tree.Find(code)?.Name ?? code;

    public async Task OnGetAsync() => await AgainAsync();

    public async Task<IActionResult> OnPostApplyAsync()
    {
        var outcome = await Act.DoAsync(
            Database, Viewer.Area, Doer($"{Kind.Chinese} {Upload.FileName}"), "registration.apply",
            act => desk.ApplyAsync(act, Id, order, Digest), Cancel);
        return Done($"/registrations/{Id}", $"已录入：{outcome.Summary}");
    }

    public Task<IActionResult> OnPostHandInAsync() => DoAsync(
        MayHandIn, "报送", "registration.hand_in", act => RegistrationClocks.HandInAsync(act, Upload, act.Today));

    public Task<IActionResult> OnPostReportAsync() => DoAsync(
        MayReport, "上报", "registration.report", act => RegistrationClocks.ReportAsync(act, Upload));

    public Task<IActionResult> OnPostDropAsync() => DoAsync(
        IsOpen, "作废", "registration.drop", act => RegistrationDesk.DropAsync(act, order.Within, Id));

    /// <summary>The refused rows in the file's own layout. They hold full numbers, so that to take them is a recorded act.</summary>
    public async Task<IActionResult> OnPostRefusedAsync()
    {
        using var content = new MemoryStream();
        await Act.DoAsync(
            Database, Viewer.Area, Doer($"下载退回的行 {Upload.FileName}"), "registration.refused",
            act => desk.RefusedAsync(act, Upload, order, content), Cancel);
        return Download(content, $"退回-{Upload.FileName}");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        return await Database.ReadAsync(
            async session =>
            {
                if (await RegistrationDesk.FindAsync(session, Viewer.Area, Viewer.Scope, Id) is not { } upload)
                    return false;
                tree = await UnitStore.ReadAsync(session, Viewer.Area);
                var (kind, year) = RegistrationKind.OfUpload(upload.Kind)!.Value;
                // Its rows are of the unit that handed it in, whoever looks at it.
                order = new(kind, year, new(tree.PathOf(tree.Find(upload.Department)!)), Viewer.Scope);
                (Upload, Steps) = (upload, await RegistrationClocks.FindAsync(session, Viewer.Area, upload));
                Kept = await ActLog.FindAsync(session, Viewer.Area, upload.KeptAct);
                return true;
            },
            Cancel);
    }

    /// <inheritdoc/>
    protected override async Task AgainAsync()
    {
        if (!IsOpen)
            return;
        try
        {
            Outcome = await Database.ReadAsync(session => desk.TryAsync(session, Viewer.Area, Upload, order), Cancel);
        }
        catch (TableFileException fault)
        {
            Tell(fault);
            return;
        }

        if (Show != Refused && !Enum.TryParse<RegistrationAction>(Show, out _))
            Show = Figures.Where(figure => figure.Count > 0).Select(figure => figure.Key).FirstOrDefault(Refused);
        Faults = Show == Refused ? Part(Outcome.Faults) : [];
        Deeds = Show == Refused ? [] : Part(Outcome.Deeds.Where(deed => $"{deed.Action}" == Show));
    }

    IReadOnlyList<T> Part<T>(IEnumerable<T> all)
    {
        var part = all.Skip((PageNumber - 1) * PageSize).Take(PageSize + 1).ToList();
        More = part.Count > PageSize;
        return part[..Math.Min(part.Count, PageSize)];
    }

    async Task<IActionResult> DoAsync(bool may, string what, string kind, Func<Act, Task> work)
    {
        if (!may)
            throw new RefusedException("W114", $"现在不能{what}：这份表已经办到下一步，或您的岗位不办这一步；请刷新页面");
        await Act.DoAsync(Database, Viewer.Area, Doer($"{what}{Kind.Chinese}"), kind, work, Cancel);
        return Done($"/registrations/{Id}", $"已{what}");
    }
}
