using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

public sealed partial class RouteTests
{
    /// <summary>What a village has.</summary>
    public sealed record Things(long Household, long Person, long Payment, long Act)
    {
        /// <summary>A hand-over of the department that gave the list.</summary>
        public long Clock { get; init; }

        /// <summary>A list that waits.</summary>
        public long Upload { get; init; }

        /// <summary>A file that was compared.</summary>
        public long Comparison { get; init; }

        /// <summary>What it found of the person.</summary>
        public long Finding { get; init; }

        /// <summary>A list that took effect, and names the person.</summary>
        public long Version { get; init; }

        /// <summary>The batch that the payment is a line of.</summary>
        public long Batch { get; init; }

        /// <summary>A batch that a village collective paid in one sum.</summary>
        public long Group { get; init; }

        /// <summary>A refund of the payment.</summary>
        public long Refund { get; init; }

        /// <summary>What a household asked for.</summary>
        public long Application { get; init; }

        /// <summary>The code of an order of a resident.</summary>
        public string Order { get; init; } = "";

        /// <summary>A claim of what a funder owes: the department's, or the bureau's.</summary>
        public long Claim { get; init; }

        /// <summary>A prescribed form; a department sees the list of whom it confirms only.</summary>
        public string Form { get; init; } = "lishi-5";

        /// <summary>A report that the town handed in.</summary>
        public long Report { get; init; }

        /// <summary>A published bulletin.</summary>
        public long Bulletin { get; init; }

        /// <summary>A pack that waits for a second person.</summary>
        public long Proposal { get; init; }

        /// <summary>What the village posted.</summary>
        public long Posting { get; init; }

        /// <summary>A message to another office.</summary>
        public long Message { get; init; }

        /// <summary>A file of figures that waits.</summary>
        public long FigureFile { get; init; }

        /// <summary>A registration table that waits.</summary>
        public long Table { get; init; }

        /// <summary>Long work that the bureau asked for.</summary>
        public long Job { get; init; }

        /// <summary>Somebody on the ledger of the uninsured.</summary>
        public long Uninsured { get; init; }
    }

    public sealed class Site : IAsyncLifetime
    {
        public WebSite Pages { get; private set; } = null!;

        public Things Own { get; private set; } = null!;

        public Things Other { get; private set; } = null!;

        /// <summary>What the department with the list of the village paid for somebody.</summary>
        public PaymentRow OfDepartment { get; private set; } = null!;

        /// <summary>A hand-over of the town's street desk.</summary>
        public long StreetClock { get; private set; }

        /// <summary>A notice of a school.</summary>
        public long SchoolClock { get; private set; }

        public async ValueTask InitializeAsync()
        {
            // Without an identity provider its pages are not there; this one is never reached.
            Pages = await WebSite.OpenAsync(
                Engine.Sqlite, new TestClock("2021-11-05 09:00"),
                options => options with { Provider = new("http://127.0.0.1:9", "canbao", "secret") });
            Own = await FillAsync("village-a", "户-1", "张一", 1);
            Other = await FillAsync("village-b", "户-2", "李二", 2);
            await Pages.OpenOutreachAsync();
            await Pages.BookFundsAsync();
            Own = Own with { Claim = await Pages.ClaimAsync("city_finance", "town", "civil_affairs") };
            Other = Other with { Claim = await Pages.ClaimAsync("subsidy", "town") };
            Own = Own with { FigureFile = await Pages.KeepFiguresAsync("town", "单位,人数\n东沟村,12\n") };
            await Pages.OpenBankAsync("village-a", Own.Household);
            OfDepartment = await Pages.PayTogetherAsync(
                "list_department", Role.ListDepartment, "village-a", await SomebodyAsync("village-a", Own.Household, 5));
            await Pages.AddPartnerAsync("bureau");
            Own = Own with { Message = await Pages.MakeFridayAsync() };
            Other = Other with { Message = Own.Message };
            // Reporting days of a later pack; what is owed stays with the earlier one.
            await Pages.RunSeasonAsync("jincheng-2022", WebSite.PackYear, new(2022, 1, 1));
            Own = Own with
            {
                Report = await Pages.KeepReportAsync("town", new(2021, 10, 29)),
                Bulletin = await Pages.DraftBulletinAsync(isPublished: true),
                Proposal = await Pages.ProposePackAsync("baogou-2022"),
                Posting = await Pages.PostNamesAsync("village-a"),
            };
            Other = Other with { Posting = await Pages.PostNamesAsync("village-b"), Bulletin = Own.Bulletin, Report = Own.Report };
            await Pages.OpenGatewayAsync();
            await Pages.EnrolHouseholdAsync("village-a", "户-3", ("钱三", 31));
            Own = Own with
            {
                Order = await Pages.OrderAsync(31, 31),
                Application = (await Pages.AskToRegisterAsync("village-a", "钱四")).ApplicationId,
            };
            Other = Other with { Application = (await Pages.AskToRegisterAsync("village-b", "钱五")).ApplicationId };
            StreetClock = (await Pages.OpenClockAsync(ClockKind.RegistrationReport, "street", new(2021, 11, 1), "town")).ClockId;
            var jobs = new Dictionary<string, long>();
            foreach (var role in Hosting.Routes.Find("/jobs")!.Roles!)
                jobs.Add(role.Code(), await Pages.KeepJobAsync(role.Code(), (1, 2)));
            Jobs = jobs;
            Own = Own with { Job = jobs["bureau"] };
            SchoolClock = (await Pages.OpenClockAsync(ClockKind.SchoolNotice, "school", new(2021, 11, 1), "county")).ClockId;
        }

        /// <summary>Long work that a role asked for.</summary>
        public IReadOnlyDictionary<string, long> Jobs { get; private set; } = new Dictionary<string, long>();

        public ValueTask DisposeAsync() => Pages.DisposeAsync();

        Task<PersonRow> SomebodyAsync(string unit, long household, int sequence) =>
            Pages.RegisterAsync("赵某", new(1981, 2, 3), sequence, (unit, household), Relation.Son);

        async Task<long> ApplyAsync(RosterOrder list, string text, long orphan)
        {
            var version = await Pages.ApplyAsync(list, text);
            await Pages.EnrolAsync(orphan);
            return version.VersionId;
        }

        async Task<Things> FillAsync(string unit, string number, string name, int sequence)
        {
            var household = await Pages.FoundAsync(unit, number);
            var person = await Pages.RegisterAsync(name, new(1980, 2, 3), sequence, (unit, household), Relation.Head);
            var payment = await Pages.PayAsync(person.PersonId);
            var orphan = await Pages.RegisterAsync($"{name}儿", new(2012, 2, 3), sequence, (unit, household), Relation.OtherRelative);
            var day = new DateOnly(2021, 11, 5);
            var text = $"身份证号码\n{TestArea.Number(new(1980, 2, 3), sequence).Full}\n";
            var full = new RosterOrder(sequence == 1 ? "civil_affairs" : "disabled_federation", RosterKind.Full, day) { Category = "孤儿" };
            var waiting = new RosterOrder(full.Department, RosterKind.Full, day) { Category = "农村低保" };
            var compared = await Pages.CompareAsync(ComparisonSource.Deaths, sequence == 1 ? "civil_affairs" : "health",
                $"姓名,身份证号码,死亡日期\n{name},{TestArea.Number(new(1980, 2, 3), sequence).Full},2021-10-01\n");
            return new(household, person.PersonId, payment.PaymentId, payment.ActId)
            {
                Clock = (await Pages.OpenClockAsync(ClockKind.RosterChange, full.Department, day)).ClockId,
                Comparison = compared.Comparison.ComparisonId,
                Finding = (await Pages.FindingsAsync()).Single(finding => finding.Row.PersonId == person.PersonId).Row.FindingId,
                Version = await ApplyAsync(full, text + TestArea.Number(new(2012, 2, 3), sequence).Full + "\n", orphan.PersonId),
                Upload = await Pages.HandInAsync(waiting, text),
                Batch = payment.BatchId!.Value,
                Group = (await Pages.PayTogetherAsync(
                    "agent", Role.Agent, unit, await SomebodyAsync(unit, household, sequence + 2))).BatchId!.Value,
                Refund = await Pages.AskForRefundAsync(payment),
                Table = await Pages.KeepTableAsync(unit, "姓名,身份证号码\n"),
                Uninsured = (await Pages.RegisterAsync(
                    "赵未保", new(1975, 2, 3), sequence, (unit, household), Relation.OtherRelative)).PersonId,
            };
        }
    }
}
