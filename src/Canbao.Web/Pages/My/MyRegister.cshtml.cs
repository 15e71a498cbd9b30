using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Units;
using Canbao.Core.Work.Residents;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>
/// An application to be registered, with photos: a newborn into the household of whoever looked up; a whole household for people who are
/// not in the register.
/// </summary>
sealed class MyRegisterModel(ApplicationDesk desk, ResidentDesk residents) : ResidentPage
{
    const int FirstRows = 3;

    /// <summary>The area, where there are several and nobody looked up.</summary>
    [BindProperty(SupportsGet = true)]
    public int Area { get; set; }

    [BindProperty]
    public string Unit { get; set; } = "";

    [BindProperty]
    public string Address { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int Rows { get; set; } = FirstRows;

    [BindProperty]
    public List<PersonForm> Members { get; set; } = [];

    /// <summary>Birth certificate or household register: the one that has to be there.</summary>
    [BindProperty]
    public IFormFile? Paper { get; set; }

    [BindProperty]
    public IFormFile? Photo { get; set; }

    [BindProperty]
    public IFormFile? Other { get; set; }

    public UnitTree? Tree { get; private set; }

    /// <summary>Whether it is a newborn.</summary>
    public bool IsNewborn => Seen is not null;

    /// <summary>The kind of the paper that has to be there.</summary>
    public string PaperKind => IsNewborn ? "birth_certificate" : "hukou_booklet";

    /// <summary>The units that people belong to.</summary>
    public IEnumerable<SelectListItem> Units => Choices.Leaves(Tree!, Tree!.Root);

    /// <inheritdoc/>
    protected override bool IsForEverybody => true;

    public void OnGet() => Fill();

    public async Task<IActionResult> OnPostAsync()
    {
        var people = new List<ToldPerson>();
        foreach (var (place, form) in Members.Index())
            if ((form.Name.Trim().Length > 0 || form.Number.Trim().Length > 0)
                && form.Read(ModelState, $"Members[{place}]", Today) is { } person)
                people.Add(ToldPerson.Of(person));
        Fill();
        if (!ModelState.IsValid || Tree is null)
            return Page();
        if (!await Database.WriteAsync(
            session => residents.AdmitsApplicationAsync(session, Area, ResidentSessions.AddressOf(HttpContext)), Cancel))
            throw ResidentDesk.TooOften();
        var unit = Seen is { } file ? file.Household!.Unit
            : Units.Any(choice => choice.Value == Unit) ? Unit
            : throw new RefusedException("W136", "请选择所在的村（社区）");
        var files = new List<(string, string, byte[])>();
        foreach (var (kind, upload) in new[] { (PaperKind, Paper), (PersonAttachments.Photo, Photo), ("other", Other) })
            if (upload is not null)
                files.Add((kind, upload.FileName, await BytesAsync(upload)));
        var code = await Act.DoAsync(
            Database, Area, new("@resident", "居民网上申请登记"), "resident.apply",
            act => desk.HandInAsync(act, new(
                IsNewborn ? Applications.Newborn : Applications.Household, unit, new(IsNewborn ? "" : Address.Trim(), people))
            {
                Household = Seen?.Household?.HouseholdId,
                Applicant = Seen?.Person.PersonId,
                Files = files,
            }),
            Cancel);
        return Done($"/my/applications?code={Area}-{code}", "申请已提交，请记下查询码");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (Seen is { Household: null })
            return false;
        Area = Who?.Area ?? (Areas.Count == 1 ? Areas[0].Code : Area);
        if (Areas.Any(area => area.Code == Area))
            Tree = await Database.ReadAsync(session => UnitStore.ReadAsync(session, Area), Cancel);
        return true;
    }

    void Fill()
    {
        Rows = IsNewborn ? 1 : Math.Clamp(Rows, Math.Max(1, Members.Count), ApplicationDesk.MostPeople);
        while (Members.Count < Rows)
            Members.Add(new() { Relation = IsNewborn ? Relation.Son : Members.Count == 0 ? Relation.Head : Relation.OtherRelative });
    }

    async Task<byte[]> BytesAsync(IFormFile upload)
    {
        if (upload.Length > PersonAttachments.MostBytes)
            throw new RefusedException("R152", $"“{PersonAttachments.Chinese(PaperKind)}”等照片每张不超过 {PersonAttachments.MostBytes >> 20} MB");
        using var bytes = new MemoryStream();
        await upload.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }
}
