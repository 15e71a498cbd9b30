using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Timelines;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Everything of a person: identity, years, what is owed and why, lists, papers and what happened.</summary>
sealed class PersonModel(PersonFiles files, People people, CategoryNames categories) : OfficePage
{
    /// <summary>So many of what happened last stand on the page; the rest is behind a link.</summary>
    const int RecentEntries = 8;

    UnitTree units = null!;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Why somebody wants to see the whole number.</summary>
    [BindProperty]
    public string Reason { get; set; } = "";

    public PersonFile Found { get; private set; } = null!;

    /// <summary>The whole number, once it was asked for.</summary>
    public string? WholeNumber { get; private set; }

    /// <summary>What happened last.</summary>
    public TimelineView Recent { get; private set; } = null!;

    /// <summary>How much happened in all.</summary>
    public int Happened { get; private set; }

    /// <summary>What is owed for the chosen year, with its reasons.</summary>
    public DueQuote? Quote => Found.Open.FirstOrDefault(year => year.Year == Year)?.Quote;

    /// <summary>Whether the viewer may change the register.</summary>
    public bool MayChange => Routes.Find("/people/{id:long}/change")!.Admits(Viewer.Role);

    public string Category(string code) => categories.Chinese(code);

    public string UnitName(string? code) => code is null ? "—" : units.Find(code)?.Name ?? code;

    public string? Phone(PersonStatusRow status) => people.PhoneMask(Found.Found.Person, status);

    public async Task<IActionResult> OnPostAsync()
    {
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W102", "请写明查看完整号码的原因；查看会留下记录");
        WholeNumber = await Act.DoAsync(
            Database, Viewer.Area, Doer(Reason.Trim()), "person.show_number", act => people.ShowNumberAsync(act, Id), Cancel);
        await LoadAsync();
        return Page();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var (file, tree) = await Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                var file = await files.FindAsync(session, Viewer.Area, Viewer.Scope, Id, ([Years.Earlier, Years.Later], Today));
                if (file is not null)
                {
                    var order = new TimelineOrder(Viewer.Area, [file.Found.Person.PersonId], tree, Today);
                    var timeline = await Timelines.ReadAsync(session, order);
                    Recent = new([.. timeline.Entries.Take(RecentEntries)], this, tree);
                    Happened = timeline.Entries.Count;
                }

                return (file, tree);
            },
            Cancel);
        (Found, units) = (file!, tree);
        return file is not null;
    }
}
