using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Registrations;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary>
/// <c>canbao enrol import</c> and <c>export</c>: the form <c>lishi 附件4</c> and the lists of <c>lingyuan 四(二)</c>, in and out.
/// </summary>
static class EnrolFileVerbs
{
    static DateOnly Today => BusinessDay.Of(Installation.Clock.GetUtcNow());

    public static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "新参保登记表或花名册，.csv 或 .xlsx" };
        var (area, year, list, unit) = (Installation.AreaOption(), Installation.YearOption(), ListOption(), UnitOption());
        var handedIn = PolicyOptions.DayOption("--handed-in", "社区、街道交来的那一天，用来计算 5 个工作日的时限；不写则不计");
        var dry = new Option<bool>("--dry-run") { Description = "只核对，不录入" };
        var rejects = ImportVerbs.RejectsOption();
        return Installation.Verb(
            "import", "录入新参保登记表（附件4）或新增、迁入、迁出、死亡人员花名册；有错的行退回",
            [file, area, year, list, unit, handedIn, dry, rejects],
            async (call, installation, cancel) =>
            {
                var path = call.GetValue(file)!;
                var rejected = call.GetValue(rejects) ?? ImportVerbs.RejectsPath(path);
                using var returned = new PendingFile(rejected);
                var entry = new Entry(installation, call.GetValue(area), TableFile.At(path), returned.Stream)
                {
                    Kind = Kind(call.GetValue(list)),
                    Year = DuesVerbs.Year(call.GetValue(year)),
                    Unit = call.GetValue(unit),
                    HandedIn = call.GetValue(handedIn),
                };
                var outcome = call.GetValue(dry) ? await entry.TryAsync(cancel) : await entry.ApplyAsync(cancel);
                ImportVerbs.TellFaults(outcome.Notes, outcome.Faults, outcome.Refused);
                foreach (var deed in outcome.Deeds.Where(deed => deed.Note.Length > 0))
                    Console.Error.WriteLine($"第 {deed.Line} 行 {deed.Name}：{deed.Note}");
                Console.WriteLine((call.GetValue(dry) ? "试算，没有录入：" : "") + outcome.Summary);
                return ImportVerbs.Finish(outcome.Refused, returned, rejected);
            });
    }

    public static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "写到这个 .xlsx 或 .csv 文件；含完整号码，请妥善保管" };
        var (area, year, list, unit) = (Installation.AreaOption(), Installation.YearOption(), ListOption(), UnitOption());
        var from = PolicyOptions.DayOption("--from", "登记、变动从这一天起；不写则为截止日前的星期六");
        var to = PolicyOptions.DayOption("--to", "到这一天止，含当天；不写则为今天");
        return Installation.Verb(
            "export", "导出新参保登记表（附件4，每周五报送）或花名册，内容为这些天新登记、变动的人",
            [file, area, year, list, unit, from, to],
            async (call, installation, cancel) =>
            {
                var path = call.GetValue(file)!;
                var (kind, code) = (Kind(call.GetValue(list)), call.GetValue(area));
                var last = call.GetValue(to) ?? Today;
                var first = call.GetValue(from) ?? RegistrationExport.WeekOf(last);
                using var written = new PendingFile(path);
                var form = new RegistrationForm(installation.Vault, CatalogueNames.Of(installation.Shelf.Library));
                var people = await Act.DoAsync(
                    installation.Database, code, Installation.Doer($"导出{kind.Chinese}"), "registration.export",
                    async act =>
                    {
                        var (_, own) = await FindAsync(act.Session, code, call.GetValue(unit));
                        var order = new RegistrationExport(kind, DuesVerbs.Year(call.GetValue(year)), own, first, last);
                        return await form.WriteAsync(act, order, TableFile.At(path).IsWorkbook, written.Stream);
                    },
                    cancel);
                written.Commit();
                Console.WriteLine($"{first:yyyy-MM-dd} 至 {last:yyyy-MM-dd}，共 {people} 人");
                return 0;
            });
    }

    static async Task<(UnitTree Tree, Unit Unit)> FindAsync(Session session, int area, string? code)
    {
        var tree = await UnitStore.ReadAsync(session, area);
        return (tree, code is null ? tree.Root : tree.Find(code)
            ?? throw new RefusedException("R318", $"没有代码为“{code}”的单位；请核对单位表"));
    }

    static RegistrationKind Kind(string? code) => code is null ? RegistrationKind.Form : RegistrationKind.Find(code)
        ?? throw new RefusedException("R319", $"没有“{code}”这种表；可写：{RegistrationKind.Known}");

    static Option<string?> ListOption() => new("--list")
    {
        Description = "哪一种花名册：new 新增、moved-in 迁入、moved-out 迁出、deceased 死亡；不写则为新参保登记表（附件4）",
        HelpName = "NAME",
    };

    static Option<string?> UnitOption() => new("--unit") { Description = "只限这个单位及下级，写单位代码；不写则为全部", HelpName = "CODE" };

    /// <summary>One table that is entered.</summary>
    sealed record Entry(Installation Installation, int Area, TableFile File, Stream Rejects)
    {
        public required RegistrationKind Kind { get; init; }

        public required InsuranceYear Year { get; init; }

        public required string? Unit { get; init; }

        public required DateOnly? HandedIn { get; init; }

        RegistrationDesk Desk => new(Installation.Vault, Installation.Dues, CatalogueNames.Of(Installation.Shelf.Library));

        public Task<RegistrationOutcome> TryAsync(CancellationToken cancel) => Installation.Database.ReadAsync(
            async session => await Desk.TryAsync(session, Area, File, (await OrderAsync(session)).Order, Rejects), cancel);

        /// <summary>Keeps and applies it in one act; a table that changes nothing leaves no trace.</summary>
        public Task<RegistrationOutcome> ApplyAsync(CancellationToken cancel) => Act.DoAsync(
            Installation.Database, Area, Installation.Doer($"{Kind.Chinese} {Path.GetFileName(File.Name)}"), "registration.apply",
            async act =>
            {
                var (order, unit) = await OrderAsync(act.Session);
                var outcome = await Desk.TryAsync(act.Session, Area, File, order, Rejects);
                if (!outcome.Changes)
                    return outcome;
                using var content = File.Open();
                var upload = (await Desk.KeepAsync(act, order, unit, File.Name, content)).Upload;
                if (HandedIn is { } day && !(await RegistrationClocks.FindAsync(act.Session, Area, upload)).IsHandedIn)
                    await RegistrationClocks.HandInAsync(act, upload, day);
                return await Desk.ApplyAsync(act, upload.UploadId, order, outcome.Digest);
            },
            cancel);

        async Task<(RegistrationOrder Order, string Unit)> OrderAsync(Session session)
        {
            var (tree, unit) = await FindAsync(session, Area, Unit);
            return (new(Kind, Year, new(tree.PathOf(unit)), new(tree.PathOf(tree.Root))), unit.Code);
        }
    }
}
