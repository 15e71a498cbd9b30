using System.CommandLine;
using Canbao.Core.Work.Rollover;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao policy clone</c>: next year's pack from this year's.</summary>
static class CloneVerb
{
    public static Command Create()
    {
        var old = PolicyOptions.PackArgument("OLD");
        var fresh = new Argument<string>("NEW") { Description = "新政策包的名称（与原政策包放在一起），或要新建的文件夹路径" };
        var command = new Command("clone", "由本年度的政策包生成下一年度的草稿：日期顺延一年，文号、标题、发文单位待填") { old, fresh };
        command.SetAction((call, _) => Installation.TellAsync(() =>
        {
            if (PolicyOptions.Load(call.GetValue(old)!) is null)
                return Task.FromResult(Program.Unusable);
            var (folder, notes) = new PackCloning(PolicyOptions.Library).Clone(call.GetValue(old)!, call.GetValue(fresh)!);
            Console.WriteLine($"已生成 {folder}");
            foreach (var note in notes)
                Console.WriteLine($"  {note}");
            Console.WriteLine($"  请按新文件逐条核对，填好待填之处，再用 canbao policy check {call.GetValue(fresh)} 检查");
            return Task.FromResult(0);
        }));
        return command;
    }
}
