using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao enrol</c>: enrolment registration for many people at once.</summary>
static class EnrolVerbs
{
    public static Command Create() => new("enrol", "参保登记：默认续保，新参保登记表和花名册的录入、导出")
    {
        Renew(), EnrolFileVerbs.Import(), EnrolFileVerbs.Export(),
    };

    static Command Renew()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        var on = PolicyOptions.DayOption("--on", "登记日期，例如登记期的第一天；不写则为今天");
        return Installation.Verb("renew", "上年度参保、情况没有变化的人默认续保", [area, year, on], async (call, installation, cancel) =>
        {
            var (code, wanted) = (call.GetValue(area), new InsuranceYear(call.GetValue(year)));
            var renewed = await Act.DoAsync(
                installation.Database, code, Installation.Doer("默认续保"), "enrol.renew",
                act => new Enrolments(installation.Vault).RenewAsync(act, wanted, call.GetValue(on)), cancel);
            var left = await installation.Database.ReadAsync(session => Enrolments.NotRenewedAsync(session, code, wanted), cancel);
            Console.WriteLine($"{wanted}年度续保 {renewed} 人");
            foreach (var (obstacle, people) in left)
                Console.WriteLine($"  没有续保：{RegistryWords.Obstacle(obstacle)} {people} 人");
            return 0;
        });
    }
}
