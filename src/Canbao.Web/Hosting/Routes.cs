using Canbao.Core.Access;
using Canbao.Web.Channels;
using Canbao.Web.Exchange;

namespace Canbao.Web.Hosting;

/// <summary>
/// The one table of routes and roles. A page that is not in it is refused to everybody; <c>tests/Web</c> tries every role on every
/// route. Which people and units somebody sees within a page is the matter of <see cref="Viewer.Sees"/>.
/// </summary>
public static class Routes
{
    /// <summary>Where one signs in.</summary>
    public const string SignIn = "/sign-in";

    /// <summary>Where residents look up what they owe; other pages lead there who has not.</summary>
    public const string My = "/my";

    /// <summary>Where the first administrator is made, by the code that the server printed.</summary>
    public const string FirstStart = "/first";

    /// <summary>Where one sets the own password.</summary>
    public const string Password = "/password";

    /// <summary>Where one begins and ends the own second factor.</summary>
    public const string SecondFactor = "/second-factor";

    /// <summary>Where one signs out.</summary>
    public const string SignOut = "/sign-out";

    /// <summary>Who registers people and takes their money.</summary>
    static readonly Role[] Desk = [Role.Agent, Role.Street, Role.Bureau];

    /// <summary>Who looks people up.</summary>
    static readonly Role[] Readers = [.. Desk, Role.Tax, Role.Supervisor];

    /// <summary>Who visits people who are not insured, or watches it.</summary>
    static readonly Role[] Visitors = [.. Desk, Role.Supervisor];

    /// <summary>Who sees how far units are.</summary>
    static readonly Role[] Figures = [.. Readers, Role.Finance, Role.School];

    /// <summary>Who hands in departments' lists.</summary>
    static readonly Role[] ListOwners = [Role.ListDepartment, Role.Bureau];

    /// <summary>Who sees the people of lists within the own units or department.</summary>
    static readonly Role[] ListReaders = [.. Figures, Role.ListDepartment];

    /// <summary>Who has hand-overs with a time, or watches them.</summary>
    static readonly Role[] ClockReaders = [.. ListOwners, Role.Street, Role.School, Role.Supervisor];

    /// <summary>Who collects cash, or does a step on its way.</summary>
    static readonly Role[] Collectors = [.. Desk, Role.Tax, Role.School, Role.Supervisor, Role.ListDepartment];

    /// <summary>Who prepares group payments: a department its own, offices those of donors and village collectives.</summary>
    static readonly Role[] Payers = [.. Desk, Role.ListDepartment];

    /// <summary>Who sees what channels took; tax and the bureau act.</summary>
    static readonly Role[] MoneyReaders = [Role.Tax, Role.Bureau, Role.Finance, Role.Supervisor];

    /// <summary>Who sees what funders owe, or does a step of claiming it.</summary>
    static readonly Role[] Funders = [.. MoneyReaders, Role.ListDepartment, Role.Street];

    /// <summary>Who sees what is exchanged with other offices; tax and the bureau act.</summary>
    static readonly Role[] Exchangers = [Role.Bureau, Role.Tax, Role.Supervisor];

    /// <summary>Who asks for work that takes long.</summary>
    static readonly Role[] Askers = [Role.Bureau, Role.ListDepartment, Role.Tax, Role.Finance, Role.Supervisor];

    /// <summary>Who looks at what another pack would mean.</summary>
    static readonly Role[] Planners = [Role.Bureau, Role.Finance, Role.Supervisor];

    /// <summary>Who hands in reports, or sees what was handed in.</summary>
    static readonly Role[] Reporters = [Role.Street, Role.Bureau, Role.Tax, Role.Supervisor, Role.Finance];

    /// <summary>Who makes postings, or sees them.</summary>
    static readonly Role[] Posters = [.. Desk, Role.Supervisor];

    /// <summary>Pages that have another chapter than their part of the menu.</summary>
    static readonly Dictionary<string, string> Chapters = new()
    {
        ["/applications"] = "resident",
        ["/quality"] = "season",
        ["/comparisons"] = "register",
        [OfflineFiles.Page] = "offline",
        ["/reconciliation"] = "money",
        ["/suspense"] = "money",
        ["/figures"] = "season",
        ["/work-funds"] = "season",
        ["/outreach"] = "outreach",
        ["/forms"] = "progress",
        ["/clocks"] = "register",
        ["/exchange"] = "exchange",
        ["/policies/shadow"] = "policy-year",
        ["/policies/rollover"] = "policy-year",
        ["/jobs"] = "policy-year",
    };

    /// <summary>All routes, in the order of the menu.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        Everybody(Stylesheet.Path, "样式"),
        Everybody(SignIn, "登录"),
        Everybody(SignIn + "/code", "动态验证码"),
        Everybody(ProviderSignIn.Start, "统一身份认证"),
        Everybody(ProviderSignIn.Back, "统一身份认证"),
        Everybody(FirstStart, "首次启动"),
        Everybody(Health.Live, "是否在运行"),
        Everybody(Health.Ready, "是否能服务"),
        Everybody(My, "我的医保"),
        Everybody("/my/pay", "网上缴费"),
        Everybody("/my/orders/{code}", "缴费订单"),
        Everybody("/my/receipts/{payment:long}", "缴费凭据"),
        Everybody("/my/certificate", "参保证明"),
        Everybody("/my/register", "申请登记"),
        Everybody("/my/applications", "申请进度"),
        Everybody("/gateway/{code}", "沙箱收银台"),
        Everybody(Handbook.ForResidents, "使用帮助"),
        SignedIn(Handbook.Root, "使用手册"),
        SignedIn(Handbook.Root + "/{chapter}", "使用手册"),
        SignedIn("/", "首页"),
        Everybody(ChannelApi.Root + "/openapi.json", "渠道接口说明"),
        Signed("/dues", "渠道查询应缴"),
        Signed("/declarations", "渠道申报"),
        Signed("/payments", "渠道缴费"),
        Signed("/notices", "渠道通知"),
        Signed("/cancellations", "渠道撤销"),
        Signed("/statements/{day}", "渠道明细"),
        Signed("/messages", "交换来文", ExchangeApi.Root),
        Signed("/receipts", "交换回执", ExchangeApi.Root),
        Signed("/receipts/{number:long}", "交换回执", ExchangeApi.Root),
        .. In("参保登记", "register",
            For("/households", "家庭户", Desk) with { Purpose = "按户登记、查看应缴、收款" },
            For("/households/new", "整户登记", Desk),
            For("/households/{id:long}", "家庭户", Desk),
            For("/households/{id:long}/change", "家庭户变更", Desk),
            For("/people", "人员", Readers) with { Purpose = "按号码、姓名、拼音首字母、电话查人，看两个年度" },
            For("/people/numbers", "成批查询", Readers),
            For("/people/new", "登记人员", Desk),
            For("/people/{id:long}", "人员", Readers),
            For("/people/{id:long}/change", "人员变更", Desk),
            For("/people/{id:long}/papers", "证件材料", Desk),
            For("/people/{id:long}/timeline", "经过", [.. Readers, Role.SecurityAuditor]),
            For("/households/{id:long}/timeline", "经过", Desk),
            For("/people/{id:long}/certificate", "参保证明", Desk),
            For("/registrations", "登记表册", Desk) with { Purpose = "新参保登记表和新增、迁入、迁出、死亡花名册：上传、录入、下载" },
            For("/registrations/{id:long}", "登记表册", Desk),
            For("/applications", "居民申请", Desk) with { Purpose = "居民网上申请的新生儿、整户登记：核对材料，登记或退回" },
            For("/applications/{id:long}", "居民申请", Desk),
            For("/quality", "登记质量", Figures) with { Purpose = "医保登记与税务缴费的人数比对，登记质量，薄弱单位" },
            For("/quality/people", "登记质量", Readers)),
        .. In("名单比对", "lists",
            For("/rosters", "名单", ListReaders) with { Purpose = "各类困难人员台账：谁在册、谁没参保、谁没缴费" },
            For("/rosters/people", "名单人员", ListReaders),
            For("/rosters/people/{id:long}", "人员身份", ListReaders),
            For("/rosters/upload", "上传名单", ListOwners),
            For("/rosters/uploads/{id:long}", "名单试算", ListOwners),
            For("/rosters/versions", "名单版本", [.. ListOwners, Role.Finance]),
            For("/rosters/versions/{id:long}", "名单版本", [.. ListOwners, Role.Finance]),
            For("/comparisons", "比对结果", Desk) with { Purpose = "其他部门的数据与登记不一致的，逐条处理" },
            For("/comparisons/{id:long}", "比对结果", Desk),
            For("/comparisons/register", "户籍与参保比对", Desk),
            For("/comparisons/register/people", "户籍与参保比对", Desk),
            For("/comparisons/files", "来文比对", ListOwners) with { Purpose = "上传公安、死亡、职工医保、学籍等来文，与登记比对" },
            For("/comparisons/files/{id:long}", "来文比对", ListOwners)),
        .. In("缴费收款", "money",
            For("/collection", "代收批次", Collectors) with { Purpose = "收款批次：报送、核对、申报、缴存、入库，看到哪一步" },
            For("/collection/{id:long}", "代收批次", Collectors),
            For("/collection/{id:long}/receipt", "集体缴费凭据", Collectors),
            For("/collection/group", "集体缴费", Payers) with { Purpose = "部门、捐助单位、村集体为名单上的人一次缴费" },
            For("/collection/group/trial", "集体缴费试算", Payers),
            For(OfflineFiles.Page, "离线收款", Desk) with { Purpose = "没有网络时用手机收款：领取任务，收款开票，联网后上传" },
            For(OfflineFiles.Page + "/bags", "应退现金和票据号", Desk),
            Everybody(OfflineFiles.Pattern, "离线收款的文件"),
            Everybody(OfflineFiles.Worker, "离线收款的文件"),
            For("/collection/school", "学生缴费", Role.School) with { Purpose = "本校学生缴费情况，登记名单送税务，收款" },
            For("/cash", "手中现金", [.. Desk, Role.School, Role.Supervisor]) with { Purpose = "谁手里有多少现金、放了几天，超限的在前" },
            For("/receipts/{id:long}", "收款凭据", [.. Payers, Role.Tax, Role.School]),
            For("/receipts/{id:long}/refund", "申请退费", Desk),
            Everybody("/receipts/check", "票据核验"),
            For("/refunds", "退费", Readers) with { Purpose = "退费申请、审核、付款，等谁办理" },
            For("/refunds/exempt", "批量退费", Desk),
            For("/refunds/{id:long}", "退费", Readers),
            For("/dues", "应缴核定", [.. Desk, Role.Tax]) with { Purpose = "核定结果，待主管部门确定和资料不全的名单" }),
        .. In("对账资助", "funding",
            For("/reconciliation", "渠道对账", MoneyReaders) with { Purpose = "对账单、我方入账、缴入国库三方核对，日结" },
            For("/reconciliation/{channel}/{day}", "渠道对账", MoneyReaders),
            For("/suspense", "挂账处理", MoneyReaders) with { Purpose = "到账而对不上人的款项：记入某人，或退回" },
            For("/funding", "资助资金", Funders) with { Purpose = "每个承担方应拨多少：按对象、单位、月份，点人数看名单" },
            For("/funding/accounts", "资金账户", MoneyReaders),
            For("/funding/people", "资助资金名单", Funders),
            For("/funding/claims", "资金申请", Funders),
            For("/funding/claims/new", "申请资金", ListOwners),
            For("/funding/claims/{id:long}", "资金申请", Funders)),
        .. In("进度扩面", "progress",
            For("/progress", "进度", Figures) with { Purpose = "本单位及下级完成多少，点数字看名单" },
            For("/progress/people", "进度名单", Readers),
            For("/targets", "任务", Figures) with { Purpose = "各级参保任务：下达、推算、签责任书，上下级合计是否相符" },
            For("/figures", "外来数字", Figures) with { Purpose = "电子凭证激活、人口、居住证、职工参保等人数：上传、日期和来源" },
            For("/figures/{id:long}", "外来数字", Role.Street, Role.Bureau),
            For("/work-funds", "工作经费", [.. Readers, Role.Finance]) with { Purpose = "各社区按参保率、激活率每人多少：预计差几人，到期核定" },
            For("/outreach", "扩面台账", Visitors) with { Purpose = "应参保而没有登记、没有缴费的人，逐人走访联系到结案" },
            For("/outreach/{id:long}", "扩面对象", Visitors),
            For("/outreach/visits", "走访名单", Visitors),
            For("/outreach/assign", "指派扩面对象", Role.Street, Role.Bureau)),
        .. In("报表通报", "reports",
            For("/forms", "规定报表", ListReaders) with { Purpose = "周报表、摸底表、任务表、资助名单：核对、下载、打印" },
            For("/forms/{form}", "规定报表", ListReaders),
            For("/forms/{form}/people", "报表名单", Readers),
            For("/reports", "报表上报", Reporters) with { Purpose = "该报什么、何时截止、谁报了谁逾期，上报和汇总" },
            For("/reports/due", "上报", Role.Street, Role.Bureau),
            For("/reports/sum", "上报汇总", Reporters),
            For("/reports/{id:long}", "上报的报表", Reporters),
            SignedIn("/bulletins", "通报") with { Purpose = "参保缴费进度通报" },
            SignedIn("/bulletins/{id:long}", "通报"),
            For("/postings", "张榜公示", Posters) with { Purpose = "村社区参保情况公示：打印张贴，登记和答复异议" },
            For("/postings/{id:long}", "张榜公示", Posters)),
        .. In("协同政策", "policies",
            For("/clocks", "办理时限", ClockReaders) with { Purpose = "有工作日时限的移交：待办、超期、已办" },
            For("/clocks/{id:long}", "办理时限", ClockReaders),
            For("/exchange", "数据交换", Exchangers) with { Purpose = "与税务、民政等部门交换的报文和回执，有问题的在前" },
            For("/exchange/{id:long}", "交换报文", Exchangers),
            For("/exchange/codes", "外部代码", Exchangers),
            For("/policies", "政策", [.. Figures, Role.ListDepartment]) with { Purpose = "各单位适用的政策包：逐条读、证明、比较、试算，两人核准生效" },
            For("/policies/packs/{pack}", "政策包", Planners),
            For("/policies/change", "提请政策包生效", Role.Bureau),
            For("/policies/proposals/{id:long}", "政策包核准", Role.Bureau, Role.Supervisor),
            For("/policies/shadow", "政策试算", Planners),
            For("/policies/shadow/people", "试算名单", Planners),
            For("/policies/rollover", "年度结转", Role.Bureau, Role.Supervisor),
            For("/policies/rollover/people", "满龄名单", Role.Bureau, Role.Supervisor),
            For("/jobs", "后台办理", Askers) with { Purpose = "核定、续保、名单生效等要办几分钟的：办到哪里，还要多久，结果如何" },
            For("/jobs/{id:long}", "后台办理", Askers)),
        .. In("系统", "accounts",
            For("/audit", "审计", Role.SecurityAuditor) with { Purpose = "谁在何时做了什么，核验审计链" },
            For("/audit/{id:long}", "审计记录", Role.SecurityAuditor),
            For("/accounts", "账号", Role.Administrator) with { Purpose = "新建、停用账号，重置密码" },
            For("/accounts/new", "新建账号", Role.Administrator),
            For("/accounts/second-factor", "登录要求", Role.Administrator),
            For("/accounts/{login}", "账号", Role.Administrator),
            SignedIn(SecondFactor, "动态验证码") with { Purpose = "登录时除密码外再输手机上的验证码" },
            SignedIn(Password, "修改密码") with { Purpose = "修改自己的登录密码" },
            SignedIn(SignOut, "退出")),
    ];

    /// <summary>The route of a pattern; null where the table has none.</summary>
    public static Route? Find(string? pattern) => All.FirstOrDefault(route => route.Pattern.TrimStart('/') == pattern?.TrimStart('/'));

    /// <summary>The menu of a role, part by part.</summary>
    public static IEnumerable<IGrouping<string, Route>> Menu(Role role) =>
        All.Where(route => route is { Purpose: not null, Group: not "" } && route.Admits(role)).GroupBy(route => route.Group);

    /// <summary>The chapter for whoever is at an address; empty where none tells about it.</summary>
    public static string HelpAt(string path) => All.Where(route => route.Help.Length > 0 && Covers(route.Pattern, path))
        .MaxBy(route => (route.Pattern.Split('/').Length, !route.Pattern.Contains('{', StringComparison.Ordinal)))?.Help ?? "";

    /// <summary>Whether an address is of a pattern or below it.</summary>
    static bool Covers(string pattern, string path)
    {
        var (parts, asked) = (pattern.Split('/'), path.Split('/'));
        return parts.Length <= asked.Length && parts.Zip(asked).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }

    static IEnumerable<Route> In(string group, string help, params Route[] routes) =>
        routes.Select(route => route with { Group = group, Help = Chapters.GetValueOrDefault(Head(route.Pattern), help) });

    /// <summary>An address without what it shows one of.</summary>
    static string Head(string pattern)
    {
        var parts = pattern.Split('/');
        return parts is [_, "policies" or "collection", ..] && parts.Length > 2 ? $"/{parts[1]}/{parts[2]}" : $"/{parts[1]}";
    }

    static Route Everybody(string pattern, string title) => new(pattern, title, null);

    static Route SignedIn(string pattern, string title) => new(pattern, title, Roles.All);

    static Route Signed(string path, string title, string root = ChannelApi.Root) => new(root + path, title, null) { IsSigned = true };

    static Route For(string pattern, string title, params Role[] roles) => new(pattern, title, roles);
}
