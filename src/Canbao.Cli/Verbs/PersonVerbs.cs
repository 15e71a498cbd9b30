using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Timelines;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao person</c>: what is kept of one person.</summary>
static class PersonVerbs
{
    public static Command Create() => new("person", "查一个人的登记、应缴、缴费和经过；上传证件材料和照片")
    {
        Show(), Attach(),
    };

    static Command Attach()
    {
        var number = NumberArgument();
        var file = new Argument<string>("FILE") { Description = "JPG、PNG 图片或 PDF，不超过 5 MB" };
        var area = Installation.AreaOption();
        var kind = new Option<string>("--kind")
        {
            Description = $"材料：{string.Join("，", PersonAttachments.Kinds.Select(each => $"{each.Code} {each.Chinese}"))}",
            HelpName = "KIND",
            DefaultValueFactory = _ => PersonAttachments.Photo,
        };
        return Installation.Verb("attach", "给一个人上传照片或证件材料", [number, file, area, kind], async (call, installation, cancel) =>
        {
            var (path, what) = (call.GetValue(file)!, call.GetValue(kind)!);
            if (new FileInfo(path) is not { Exists: true, Length: <= PersonAttachments.MostBytes })
                return Installation.Refuse($"R152 没有文件 {path}，或它超过 {PersonAttachments.MostBytes >> 20} MB");
            var content = await File.ReadAllBytesAsync(path, cancel);
            var wanted = await WantedAsync(call.GetValue(number)!, cancel);
            var people = new People(installation.Vault);
            await Act.DoAsync(
                installation.Database, call.GetValue(area), Installation.Doer("上传材料"), "person.attach",
                async act => await new PersonAttachments(installation.Vault).AttachAsync(
                    act, (await people.FindByNumberAsync(act.Session, act.Area, wanted) ?? throw NotFound()).PersonId, what,
                    Path.GetFileName(path), content),
                cancel);
            Console.WriteLine($"已上传{PersonAttachments.Chinese(what)}");
            return 0;
        });
    }

    static Command Show()
    {
        var number = NumberArgument();
        var area = Installation.AreaOption();
        var year = new Option<int?>("--year") { Description = "说明这个年度为什么是这个金额；不写则为今天所在年度的下一年度", HelpName = "YEAR" };
        return Installation.Verb("show", "显示一个人", [number, area, year], async (call, installation, cancel) =>
        {
            var wanted = await WantedAsync(call.GetValue(number)!, cancel);
            var today = BusinessDay.Of(Installation.Clock.GetUtcNow());
            var later = call.GetValue(year) is { } told ? new InsuranceYear(told) : new InsuranceYear(today.Year).Next;
            var (code, people) = (call.GetValue(area), new People(installation.Vault));
            var found = await installation.Database.ReadAsync(
                async session =>
                {
                    var tree = await UnitStore.ReadAsync(session, code);
                    if (await people.FindByNumberAsync(session, code, wanted) is not { } person
                        || await new PersonFiles(people, installation.Dues).FindAsync(
                            session, code, new(tree.PathOf(tree.Root)), person.PersonId, ([later.Previous, later], today)) is not { } file)
                        return null;
                    var order = new TimelineOrder(code, [file.Found.Person.PersonId], tree, today) { WithAccesses = true };
                    return ((PersonFile File, UnitTree Tree, Timeline Timeline)?)(file, tree, await Timelines.ReadAsync(session, order));
                },
                cancel);
            if (found is not { } both)
                throw NotFound();
            new PersonText(Console.Out, people, both.Tree, CatalogueNames.Of(installation.Shelf.Library)).Write(
                both.File, both.Timeline, later);
            return 0;
        });
    }

    static Argument<string> NumberArgument() => new("NUMBER") { Description = "证件号码；写 - 则从标准输入读，不留在命令历史里" };

    static async Task<CitizenNumber> WantedAsync(string told, CancellationToken cancel)
    {
        var text = told == "-" ? await Console.In.ReadLineAsync(cancel) ?? "" : told;
        return CitizenNumber.TryParse(text, out var number, out var refusal) ? number : throw new RefusedException("R201", refusal.Text);
    }

    static RefusedException NotFound() => new("R101", "登记中没有这个证件号码；请核对号码和地区");
}
