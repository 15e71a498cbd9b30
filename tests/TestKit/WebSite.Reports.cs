using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Reports;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.TestKit;

/// <summary>Reports, bulletins and postings before the pages of a site are opened.</summary>
public sealed partial class WebSite
{
    static readonly Viewer CountyBureau = new("bureau", "某", Role.Bureau, Area, "county", "/county/", null);

    /// <summary>From a day on the county runs its season by another pack.</summary>
    public Task RunSeasonAsync(string pack, InsuranceYear year, DateOnly from) => Act.DoAsync(
        Database, Area, Setup, "policy.bind", act => PackBindings.BindAsync(act, shelf, "county", year, from, pack));

    /// <summary>Enrols people for a year.</summary>
    public Task EnrolForAsync(InsuranceYear year, params long[] people) => Act.DoAsync(Database, Area, Setup, "enrol",
        act => new RegisterDesk(new People(vault), new Enrolments(vault), new Dues(shelf, vault))
            .EnrolAsync(act, new(year, EnrolmentKinds.New, 1), people));

    /// <summary>Keeps the progress table as a unit would have handed it in, at any time.</summary>
    public Task<long> KeepReportAsync(string unit, DateOnly dueOn, int versions = 1) =>
        Act.DoAsync(Database, Area, Setup, "report.hand_in", async act =>
        {
            var tree = await UnitStore.ReadAsync(act.Session, Area);
            var (own, id) = (tree.Find(unit)!, act.Session.NextId());
            await act.Session.Data.InsertAsync(new ReportRow
            {
                Area = Area,
                ReportId = id,
                InsuranceYear = PackYear.Year,
                Form = ReportForms.Progress.Code,
                DueOn = dueOn,
                Unit = unit,
                UnitName = own.Name,
                Path = tree.PathOf(own),
                ActId = act.Id,
            });
            for (int version = 1; version <= versions; version++)
            {
                // Each version has one person more.
                TallyLine[] lines = [new(unit, "", new(TallyPart.Paid), version, 0)];
                var text = FrozenGrid.Freeze(ReportForms.Progress.Fill(new FormFrame(tree, own, PackYear, dueOn), lines).Grid);
                await act.Session.Data.InsertAsync(new ReportVersionRow
                {
                    Area = Area,
                    ReportId = id,
                    Version = version,
                    HandedInAt = act.At,
                    HandedInBy = "bureau",
                    AsOf = dueOn,
                    Explanation = version > 1 ? "补一人" : "",
                    Grid = text,
                    Digest = FrozenGrid.DigestOf(text),
                    ActId = act.Id,
                });
            }

            return id;
        });

    /// <summary>Drafts the newest bulletin that is planned and not drafted, and publishes it where asked to.</summary>
    public async Task<long> DraftBulletinAsync(bool isPublished)
    {
        await new Counter(new CountedPeople(CatalogueNames.Of(shelf.Library)), vault).FollowAsync(Database, Area, [PackYear]);
        var desk = new BulletinDesk(shelf);
        var today = await Database.ReadAsync(session => Task.FromResult(BusinessDay.Of(session.Now)));
        var planned = (await Database.ReadAsync(session => desk.PlannedAsync(session, CountyBureau, PackYear, today)))
            .First(one => one.Row is null);
        long id = (await Act.DoAsync(Database, Area, new("bureau", "测试"), "bulletin.draft",
            act => desk.DraftAsync(act, CountyBureau, PackYear, (planned.Bulletin.Says, planned.DueOn)))).BulletinId;
        if (!isPublished)
            return id;
        var leader = CountyBureau with { Login = "supervisor", Role = Role.Supervisor };
        await Act.DoAsync(Database, Area, new("bureau", "测试"), "bulletin.submit", act => BulletinDesk.SubmitAsync(act, CountyBureau, id));
        await Act.DoAsync(Database, Area, new("supervisor", "测试"), "bulletin.review",
            act => BulletinDesk.ReviewAsync(act, leader, id, true, ""));
        await Act.DoAsync(Database, Area, new("bureau", "测试"), "bulletin.publish", act => BulletinDesk.PublishAsync(act, CountyBureau, id));
        return id;
    }

    /// <summary>A village posts who is enrolled, and somebody objects.</summary>
    public Task<long> PostNamesAsync(string unit) => Act.DoAsync(Database, Area, new("street", "测试"), "posting.post", async act =>
    {
        var street = new Viewer("street", "某", Role.Street, Area, "town", "/county/town/", null);
        var desk = new PostingDesk(new(new CountedPeople(CatalogueNames.Of(shelf.Library))));
        long id = (await desk.PostAsync(act, street, PackYear, (unit, act.Today))).PostingId;
        await PostingDesk.ObjectAsync(act, street, id, ("", "榜上没有我"));
        return id;
    });
}
