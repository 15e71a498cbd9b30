using System.CommandLine;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao person</c>: what is kept of one person.</summary>
static class PersonVerbs
{
    public static Command Create() => new("person", "查一个人的登记、应缴、缴费和经过")
    {
        Show(),
    };

    static Command Show()
    {
        var number = new Argument<string>("NUMBER") { Description = "证件号码；写 - 则从标准输入读，不留在命令历史里" };
        var area = Installation.AreaOption();
        var year = new Option<int?>("--year") { Description = "说明这个年度为什么是这个金额；不写则为今天所在年度的下一年度", HelpName = "YEAR" };
        return Installation.Verb("show", "显示一个人", [number, area, year], async (call, installation, cancel) =>
        {
            var text = call.GetValue(number) == "-" ? await Console.In.ReadLineAsync(cancel) ?? "" : call.GetValue(number)!;
            if (!CitizenNumber.TryParse(text, out var wanted, out var refusal))
                return Installation.Refuse($"R201 {refusal.Text}");
            var today = BusinessDay.Of(Installation.Clock.GetUtcNow());
            var later = call.GetValue(year) is { } told ? new InsuranceYear(told) : new InsuranceYear(today.Year).Next;
            var (code, people) = (call.GetValue(area), new People(installation.Vault));
            var found = await installation.Database.ReadAsync(
                async session =>
                {
                    var tree = await UnitStore.ReadAsync(session, code);
                    return await people.FindByNumberAsync(session, code, wanted) is { } person
                        && await new PersonFiles(people, installation.Dues).FindAsync(
                            session, code, new(tree.PathOf(tree.Root)), person.PersonId, ([later.Previous, later], today)) is { } file
                        ? ((PersonFile File, UnitTree Tree)?)(file, tree)
                        : null;
                },
                cancel);
            if (found is not { } both)
                return Installation.Refuse("R101 登记中没有这个证件号码；请核对号码和地区");
            new PersonText(Console.Out, people, both.Tree, CatalogueNames.Of(installation.Shelf.Library)).Write(both.File, later);
            return 0;
        });
    }
}
