using System.CommandLine;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao cover</c>: who is covered from when until when.</summary>
static class CoverVerbs
{
    public static Command Create() => new("cover", "待遇享受期：查看，为免缴人员开通") { Show(), Open() };

    static Command Show()
    {
        var number = new Argument<string>("NUMBER") { Description = "证件号码" };
        var area = Installation.AreaOption();
        return Installation.Verb("show", "显示一个人的待遇享受期，含中止和收回的", [number, area], async (call, installation, cancel) =>
        {
            if (!CitizenNumber.TryParse(call.GetValue(number)!, out var wanted, out var wrong))
                return Installation.Refuse($"R201 {wrong.Text}");
            var (code, people) = (call.GetValue(area), new People(installation.Vault));
            var (person, spans) = await installation.Database.ReadAsync(
                async session => await people.FindByNumberAsync(session, code, wanted) is { } found
                    ? (found, await Covers.HistoryAsync(session, code, found.PersonId))
                    : (null, []),
                cancel);
            if (person is null)
                return Installation.Refuse("R101 没有找到此人；请核对号码和地区");
            Console.WriteLine($"{person.Name}  {person.NumberMask}");
            foreach (var span in spans)
                Console.WriteLine($"  {span.InsuranceYear}年度  {span.FromDay:yyyy-MM-dd} 至 {span.UntilDay:yyyy-MM-dd}  {Covers.Told(span)}");
            if (spans.Count == 0)
                Console.WriteLine("  没有待遇享受期");
            return 0;
        });
    }

    static Command Open()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("open", "为已登记、应缴 0.00 元的人开通待遇（按登记日与名单生效日中较晚的一天计）", [area, year],
            async (call, installation, cancel) =>
            {
                var insuranceYear = DuesVerbs.Year(call.GetValue(year));
                var opened = await Act.DoAsync(
                    installation.Database, call.GetValue(area), Installation.Doer($"开通{insuranceYear}年度免缴人员待遇"), "cover.open",
                    act => new AssistedCover(installation.Dues).OpenAllAsync(act, insuranceYear), cancel);
                Console.WriteLine($"已为 {opened} 人开通{insuranceYear}年度待遇");
                return 0;
            });
    }
}
