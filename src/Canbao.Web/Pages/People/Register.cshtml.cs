using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Registers one person, into a household or a new one, and enrols the person for the chosen year.</summary>
sealed class RegisterModel(RegisterDesk desk) : OfficePage
{
    /// <summary>The household; null founds one.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Household { get; set; }

    [BindProperty]
    public PersonForm Form { get; set; } = new();

    [BindProperty]
    public string Unit { get; set; } = "";

    [BindProperty]
    public string HouseholdNumber { get; set; } = "";

    [BindProperty]
    public string Kind { get; set; } = EnrolmentKinds.New;

    [BindProperty]
    public int Tier { get; set; }

    [BindProperty]
    public bool Enrol { get; set; }

    /// <summary>The death of an infant (<c>lingyuan 四(五)</c>).</summary>
    [BindProperty]
    public DateOnly? DiedOn { get; set; }

    /// <summary>When a foundling was found.</summary>
    [BindProperty]
    public DateOnly? FoundOn { get; set; }

    /// <summary>Where it is registered: communities, hospitals and the centre all do so (<c>lingyuan 四(三)</c>).</summary>
    [BindProperty]
    public string Place { get; set; } = Places[0];

    public static IReadOnlyList<string> Places { get; } = ["村社区居委会", "医院医保服务站", "医保中心窗口"];

    public UnitTree Tree { get; private set; } = null!;

    public HouseholdView? Into { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Choices.Kinds.Any(choice => choice.Value == Kind))
            Kind = EnrolmentKinds.New;
        if (Form.Read(ModelState, nameof(Form), Today) is not { } person)
            return Page();
        var unit = Into is null ? Choices.RequireUnit(Tree, Viewer, Unit).Code : Into.Household.Unit;
        var newborn = Kind == EnrolmentKinds.Newborn;
        var status = person.Status with
        {
            Unit = unit,
            Address = person.Status.Address.Length == 0 && Into is not null ? Into.Household.Address : person.Status.Address,
        };
        // Foundlings and inmates live in no household.
        var isNowhere = Into is null && status.ScopeStatus is ScopeStatus.Foundling or ScopeStatus.Inmate;
        var (row, _) = await Act.DoAsync(
            Database, Viewer.Area, Doer($"{(newborn ? "新生儿登记" : "到场登记")}：{(Places.Contains(Place) ? Place : Places[0])}"),
            "person.register",
            act => desk.RegisterAsync(
                act, person with { Status = status }, newborn || DiedOn is not null ? person.BornOn : Today,
                isNowhere ? IntoHousehold.Nowhere : new(Household, HouseholdNumber.Trim()),
                Enrol ? new EnrolFor(Year, Kind, Tier) : null, new(DiedOn, FoundOn)),
            Cancel);
        return Done($"/people/{row.PersonId}", Enrol ? $"已登记{row.Name}，并登记 {Year} 年度参保" : $"已登记{row.Name}");
    }

    public void OnGet()
    {
        Enrol = true;
        if (Into is null)
            return;
        Form.Relation = Relation.Son;
        Form.Address = Into.Household.Address;
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (Tree, Into) = await Database.ReadAsync(
            async session => (
                await UnitStore.ReadAsync(session, Viewer.Area),
                Household is { } id ? await Households.FindWithinAsync(session, Viewer.Area, Viewer.Scope, id, Year) : null),
            Cancel);
        return Household is null || Into is { Household.EndedOn: null };
    }
}
