using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
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
        var (row, _) = await Act.DoAsync(
            Database, Viewer.Area, Doer(newborn ? "新生儿登记" : "到场登记"), "person.register",
            act => desk.RegisterAsync(
                act, person with { Status = status }, newborn ? person.BornOn : Today, new(Household, HouseholdNumber.Trim()),
                Enrol ? new EnrolFor(Year, Kind, Tier) : null),
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
