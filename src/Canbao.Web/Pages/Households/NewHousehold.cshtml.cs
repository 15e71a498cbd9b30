using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Registers a whole household at once (<c>lingyuan 四(二)</c>).</summary>
sealed class NewHouseholdModel(RegisterDesk desk) : OfficePage
{
    const int MostRows = 12;

    /// <summary>How many members the form has room for.</summary>
    [BindProperty(SupportsGet = true)]
    public int Rows { get; set; } = 4;

    [BindProperty]
    public string Unit { get; set; } = "";

    [BindProperty]
    public string Number { get; set; } = "";

    [BindProperty]
    public string Address { get; set; } = "";

    [BindProperty]
    public List<MemberForm> Members { get; set; } = [];

    public UnitTree Tree { get; private set; } = null!;

    public void OnGet() => Fill();

    public async Task<IActionResult> OnPostAsync()
    {
        var members = new List<NewMember>();
        foreach (var (place, form) in Members.Index())
            if (!form.IsEmpty && form.Person.Read(ModelState, $"Members[{place}].Person", Today) is { } person)
                members.Add(new(person, new(Year, form.KnownKind, form.Tier)));
        Fill();
        if (!ModelState.IsValid)
            return Page();
        if (members.Count == 0)
            throw RegisterDesk.NobodyChosen();
        var unit = Choices.RequireUnit(Tree, Viewer, Unit);
        var household = await Act.DoAsync(
            Database, Viewer.Area, Doer("整户登记"), "household.register",
            act => desk.RegisterHouseholdAsync(act, (unit.Code, Number.Trim(), Address.Trim()), members), Cancel);
        return Done($"/households/{household}", $"已登记一户 {members.Count} 人，并登记 {Year} 年度参保");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Tree = await Database.ReadAsync(session => UnitStore.ReadAsync(session, Viewer.Area), Cancel);
        return true;
    }

    void Fill()
    {
        Rows = Math.Clamp(Rows, Math.Max(1, Members.Count), MostRows);
        while (Members.Count < Rows)
            Members.Add(new() { Person = new() { Relation = Members.Count == 0 ? Relation.Head : Relation.OtherRelative } });
    }
}

/// <summary>One member on the form of a household.</summary>
sealed class MemberForm
{
    public PersonForm Person { get; set; } = new();

    public string Kind { get; set; } = EnrolmentKinds.New;

    public int Tier { get; set; }

    /// <summary>The kind, if it is one that the form offers.</summary>
    public string KnownKind => Choices.Kinds.Any(kind => kind.Value == Kind) ? Kind : EnrolmentKinds.New;

    /// <summary>Whether nobody was written there.</summary>
    public bool IsEmpty => Person.Name.Trim().Length == 0 && Person.Number.Trim().Length == 0;
}
