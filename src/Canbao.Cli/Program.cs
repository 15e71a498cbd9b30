using System.CommandLine;
using System.Text;
using Canbao.Cli.Verbs;

namespace Canbao.Cli;

/// <summary>The <c>canbao</c> program.</summary>
static class Program
{
    /// <summary>The call or the policy is unusable.</summary>
    public const int Unusable = 2;

    static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        var root = new RootCommand("参保：城乡居民基本医疗保险参保缴费季的工作系统")
        {
            AssessVerb.Create(), ExplainVerb.Create(), PolicyVerbs.Create(), KeysVerbs.Create(), InitVerb.Create(),
            AccountVerbs.Create(), ImportVerbs.Create(), EnrolVerbs.Create(), PersonVerbs.Create(), DuesVerbs.Create(),
            AuditVerbs.Create(), LedgerVerbs.Create(), ChannelVerbs.Create(), CollectionVerbs.Create(), CoverVerbs.Create(),
            FundingVerbs.Create(), ReconcileVerbs.Create(), DemoVerb.Create(), DemoDataVerb.Create(), ServeVerb.Create(),
            RosterVerbs.Create(), ClockVerbs.Create(), CompareVerbs.Create(), ProgressVerbs.Create(), TargetVerbs.Create(),
            FormVerbs.Create(), ExchangeVerbs.Create(), OutreachVerbs.Create(), RolloverVerb.Create(), FigureVerbs.Create(),
            WorkFundVerbs.Create(), ReportVerbs.Create(), BulletinVerbs.Create(), BackupVerbs.Create(),
        };
        ChineseHelp.Use(root);
        // Without response files: a name that begins with @ is a file's own.
        var call = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (call.Errors.Count > 0 && call.Action is not { ClearsParseErrors: true })
        {
            foreach (var error in call.Errors)
                Console.Error.WriteLine($"canbao: {ChineseErrors.Translate(error.Message)}");
            Console.Error.WriteLine("canbao: 用法见 canbao --help");
            return Unusable;
        }

        try
        {
            return call.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception fault)
        {
            // A fault of the program itself: the user gets words, whoever maintains it can ask for the trace.
            Console.Error.WriteLine($"canbao: F900 程序内部错误（{fault.GetType().Name}）；没有写出任何结果。请把所用的命令和文件交给系统维护人员");
            if (Environment.GetEnvironmentVariable("CANBAO_TRACE") == "1")
                Console.Error.WriteLine(fault);
            return Unusable;
        }
    }
}
