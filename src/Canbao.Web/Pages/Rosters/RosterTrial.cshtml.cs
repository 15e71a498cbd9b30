using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Changes;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>
/// What a list would do, worked out from the kept file whenever it is looked at. The address says the upload and how it is read, so that
/// any server shows the same; only what was shown is applied.
/// </summary>
sealed class RosterTrialModel(CategoryNames names, RosterDesk desk, ListDesk lists, ChangeDesk changes) : RosterPage(names)
{
    /// <summary>A list that changes more people tells its effects when it is asked for them.</summary>
    const int MostAtOnce = 2000;

    const string NotUsed = "不用这一列";

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Category { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Handed { get; set; }

    /// <summary>Which column is meant, each as <c>theirs=ours</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "col")]
    public string[] Columns { get; set; } = [];

    /// <summary>Which category is meant, each as <c>theirs=code</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "word")]
    public string[] Words { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public TrialGroup Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    /// <summary>What was shown, when something is to be done with it.</summary>
    [BindProperty]
    public string Digest { get; set; } = "";

    /// <summary>The effects that were shown, when the list is to be applied.</summary>
    [BindProperty]
    public string EffectsDigest { get; set; } = "";

    [BindProperty]
    public bool WithRefunds { get; set; }

    /// <summary>Whether the effects of a long list are asked for: they are worked out by applying it and taking it back.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Effect { get; set; }

    /// <summary>What it would do to due, payment, funders and cover; null where it was not asked for, or cannot be told.</summary>
    public ChangeEffects? Effects { get; private set; }

    public UploadRow Upload { get; private set; } = null!;

    public ActRow? Kept { get; private set; }

    /// <summary>What would happen; null where it cannot be told.</summary>
    public RosterOutcome? Outcome { get; private set; }

    /// <summary>Names of columns that could be one that is needed, where one is missing.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = [];

    /// <summary>Whether columns that are needed are missing.</summary>
    public bool Lacks { get; private set; }

    public IReadOnlyList<string> ConfirmedBy { get; private set; } = [];

    public bool More { get; private set; }

    public RosterOrder Order => new(Upload.Department, RosterUploads.KindOf(Upload), From ?? Today)
    {
        Category = Category ?? "",
        HandedInOn = Handed,
        Words = new(Pairs(Columns), Pairs(Words)),
    };

    /// <summary>Names of columns to be asked about or answered already.</summary>
    public IEnumerable<string> AskedColumns => Pairs(Columns).Keys.Concat(Unknown).Distinct();

    public IEnumerable<string> AskedWords => Pairs(Words).Keys.Concat(Outcome?.UnknownCategories ?? []).Distinct();

    /// <summary>Whether somebody else has agreed.</summary>
    public bool IsConfirmed => ConfirmedBy.Any(account => account != Viewer.Login);

    public static string KindName(RosterKind kind) => kind == RosterKind.Full ? "全量名单" : "动态调整";

    public static string StateName(UploadState state) => state switch
    {
        UploadState.Staged => "待处理",
        UploadState.Applied => "已生效",
        UploadState.Undone => "已撤销",
        _ => "已作废",
    };

    /// <summary>How a list is to be read, for an address.</summary>
    public static (string Name, string Value)[] Query(RosterOrder order) =>
    [
        .. order.Category.Length > 0 ? [("category", order.Category)] : Array.Empty<(string, string)>(),
        .. order.Kind == RosterKind.Full ? [("from", $"{order.EffectiveOn:yyyy-MM-dd}")] : Array.Empty<(string, string)>(),
        .. order.HandedInOn is { } day ? [("handed", $"{day:yyyy-MM-dd}")] : Array.Empty<(string, string)>(),
        .. order.Words.Columns.Select(pair => ("col", $"{pair.Key}={pair.Value}")),
        .. order.Words.Categories.Select(pair => ("word", $"{pair.Key}={pair.Value}")),
    ];

    /// <summary>This page, read the same way.</summary>
    public string Here(params (string Name, string Value)[] more) => Link($"/rosters/uploads/{Id}", [.. Query(Order), .. more]);

    public IEnumerable<SelectListItem> ColumnChoices(string name) => Choices(
        name, Columns, Order.Columns.Select(column => new SelectListItem(column, $"{name}={column}")).Prepend(new(NotUsed, "")));

    public IEnumerable<SelectListItem> WordChoices(string name) => Choices(
        name, Words, CategoryChoices(Upload.Department).Select(each => new SelectListItem(each.Text, $"{name}={each.Value}"))
            .Prepend(new("请选择", "")));

    public async Task OnGetAsync()
    {
        if (Upload.State == UploadState.Staged)
            await TryAsync();
    }

    public Task<IActionResult> OnPostApplyAsync()
    {
        var order = Order;
        return HaveDoneAsync(
            kinds => kinds.Apply,
            new(Viewer, Id, order.Department, order.Kind, order.EffectiveOn, [Years.Earlier.Year, Years.Later.Year])
            {
                Category = order.Category,
                HandedInOn = order.HandedInOn,
                Columns = new(order.Words.Columns),
                Words = new(order.Words.Categories),
                Digest = Digest,
                EffectsDigest = EffectsDigest,
                WithRefunds = WithRefunds,
            },
            $"名单 {Upload.FileName}");
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer($"核对名单 {Upload.FileName}"), "roster.confirm",
            act => desk.ConfirmAsync(act, Id, Order, Digest), Cancel);
        return Done($"/rosters/uploads/{Id}", "已记下您核对同意；请另一人使它生效", Query(Order));
    }

    public async Task<IActionResult> OnPostDropAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer($"作废名单 {Upload.FileName}"), "roster.drop",
            act => RosterUploads.DropAsync(act, Id), Cancel);
        return Done("/rosters", "名单已作废，没有生效");
    }

    public async Task<IActionResult> OnPostRefusedAsync()
    {
        using var content = new MemoryStream();
        await Act.DoAsync(Database, Viewer.Area, Doer($"下载退回的行 {Upload.FileName}"), "roster.refused",
            act => desk.RefusedAsync(act, Id, Order, content), Cancel);
        return Download(content, $"退回-{Upload.FileName}");
    }

    /// <summary>The people of the chosen number: one page of them.</summary>
    public IReadOnlyList<TrialPerson> People()
    {
        IEnumerable<TrialPerson> all = Show switch
        {
            TrialGroup.Added => Outcome!.People(true, false).Select(Changed),
            TrialGroup.Removed => Outcome!.People(false, true).Select(Changed),
            TrialGroup.Changed => Outcome!.People(true, true).Select(Changed),
            TrialGroup.HeldBack => Outcome!.HeldBack.GroupBy(change => change.Person).Select(Changed),
            TrialGroup.Conflicts => Outcome!.Conflicts.Select(each => new TrialPerson(each.Person, [Told(each)], null)),
            TrialGroup.Same => Outcome!.Same.Select(person => new TrialPerson(person, ["没有变化"], null)),
            _ => [],
        };
        return Part(all);
    }

    /// <summary>The people for whom due, payment, funders or cover become different: one page of them.</summary>
    public IReadOnlyList<PersonEffect> EffectPeople() => Part(Effects!.People);

    /// <summary>The refused rows, of one reason where one was chosen: one page of them.</summary>
    public IReadOnlyList<IntakeFault> Faults() => Part(Outcome!.Faults.Where(fault => string.IsNullOrEmpty(Code) || fault.Code == Code));

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        if (!MayHandIn)
            return false;
        var (upload, kept) = await Database.ReadAsync(
            async session => await RosterUploads.FindAsync(session, Viewer.Area, Id) is { } row
                ? (row, await ActLog.FindAsync(session, Viewer.Area, row.KeptAct))
                : (null, null),
            Cancel);
        if (upload is null || !Concerns(upload.Department))
            return false;
        (Upload, Kept) = (upload, kept);
        return true;
    }

    /// <inheritdoc/>
    protected override Task AgainAsync() => Upload.State == UploadState.Staged ? TryAsync() : Task.CompletedTask;

    static Dictionary<string, string> Pairs(string[] texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
            if (text?.LastIndexOf('=') is > 0 and var at && at < text.Length - 1)
                pairs[text[..at]] = text[(at + 1)..];
        return pairs;
    }

    static IEnumerable<SelectListItem> Choices(string name, string[] given, IEnumerable<SelectListItem> all)
    {
        foreach (var item in all)
        {
            item.Selected = given.Contains(item.Value);
            yield return item;
        }
    }

    async Task TryAsync()
    {
        try
        {
            (Outcome, ConfirmedBy) = await Database.ReadAsync(
                async session =>
                {
                    var outcome = await desk.TryAsync(session, Viewer.Area, Id, Order);
                    return (outcome, await RosterUploads.ConfirmedByAsync(session, Viewer.Area, Id, outcome.Digest));
                },
                Cancel);
            Unknown = Outcome.UnknownColumns;
            if (Outcome.Stops.Count == 0 && (Effect || Outcome.Changes.Count <= MostAtOnce))
                Effects = await changes.PreviewAsync(
                    Database, Viewer, lists.Change(Id, Order, Outcome.Digest, true, Years.Earlier, Years.Later), Cancel);
            Show = Show == TrialGroup.First ? First(Outcome) : Show;
        }
        catch (Exception fault) when (fault is TableFileException or RefusedException)
        {
            Unknown = (fault as TableFileException)?.UnknownColumns ?? [];
            Lacks = Unknown.Count > 0;
            Tell(fault);
        }
    }

    static TrialGroup First(RosterOutcome outcome) =>
        outcome.Rejected > 0 ? TrialGroup.Refused
        : outcome.Conflicts.Count > 0 ? TrialGroup.Conflicts
        : outcome.Removed > 0 ? TrialGroup.Removed
        : outcome.Added > 0 ? TrialGroup.Added
        : outcome.Changed > 0 ? TrialGroup.Changed
        : TrialGroup.Same;

    List<T> Part<T>(IEnumerable<T> all)
    {
        var part = all.Skip((PageNumber - 1) * PageSize).Take(PageSize + 1).ToList();
        More = part.Count > PageSize;
        return part[..Math.Min(part.Count, PageSize)];
    }

    TrialPerson Changed(IGrouping<ListedPerson, RosterChange> person) => new(
        person.Key,
        person.Select(change => $"{(change.IsAddition ? "列入" : "退出")}{Names.Chinese(change.Category)}，自 {Shown.Day(change.Day)}"),
        person.FirstOrDefault(change => change.Line is not null)?.Line);

    string Told(RosterConflict conflict) => conflict.IsRemoved
        ? $"本名单退出{Names.Chinese(conflict.Category)}，{Departments.Chinese(conflict.OtherDepartment)}仍列为这一类"
        : $"本名单列为{Names.Chinese(conflict.Category)}，"
            + $"{Departments.Chinese(conflict.OtherDepartment)}列为{Names.Chinese(conflict.OtherCategory)}";
}
