using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>A field of a change in words.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Old">As it was; null where it was not there.</param>
/// <param name="New">As it is; null where it is gone.</param>
public sealed record ChangedField(string Name, string? Old, string? New);

/// <summary>How an office says what was recorded. What is not known here is shown as it was recorded.</summary>
public static class ActWords
{
    static readonly Dictionary<string, string> Kinds = Words("""
        area.init 初始化地区  person.register 登记人员  person.change 变更登记信息  person.correct 更正身份信息  person.died 登记死亡
        person.not_dead 撤销死亡登记  person.show_number 查看完整号码  person.look_up 成批查询号码  person.paper 登记证件  household.move 整户迁移
        household.split 分户  household.merge 并户  household.head 变更户主  enrol 参保登记  enrol.cancel 注销参保登记
        enrol.renew 批量续保  cash.take 收取现金  dues.make 核定应缴  people.import 导入人员  account.add 新建账号
        account.password_changed 修改密码  account.password_reset 重置密码  account.disabled 停用账号
        account.enabled 恢复账号  account.signed_in 登录  account.sign_in_failed 登录失败  account.factor_begun 准备动态验证码  account.factor_on 启用动态验证码
        account.factor_off 停用动态验证码  account.factor_reset 重置动态验证码  access.rule 设置登录要求
        account.tied 绑定统一身份认证  account.untied 解除统一身份认证  backup.create 备份  backup.restore 从备份恢复
        roster.keep 上传名单  roster.apply 名单生效  roster.confirm 核对名单  roster.undo 撤销名单  roster.limit 设置核对比例
        roster.export 导出调整名单  roster.drop 作废名单  roster.refused 下载退回的行  history.import 导入历史参保缴费
        compare 数据比对  compare.refused 下载退回的来文行  finding.decide 处理比对结果
        clock.done 时限办结  person.attach 上传材料  person.show_file 查看材料  household.register 整户登记
        registration.keep 上传登记表册  registration.hand_in 报送登记表册  registration.report 上报医保中心
        batch.submitted 报送收款批次  batch.checked 核对收款批次  batch.declared 申报收款批次  batch.deposited 登记缴存
        batch.settled 核对入库  batch.return 退回收款  batch.answer 说明退回的收款  batch.registered 登记名单送税务
        group.keep 上传集体缴费名单  group.confirm 确认集体缴费名单  group.deposit 登记集体缴费缴存  batch.worked_off 处理集体缴费不符款项
        group.withdraw 撤回集体缴费  batch.confirmed 核对学生名单  batch.notified 通知家长  receipt.void 作废票据  receipt.reprint 补打票据
        cash.count 清点现金  cash.hand_over 移交现金  cash.limit 设定现金限额
        refund.request 申请退费  refund.approve 同意退费  refund.refuse 不同意退费  refund.payee 填写退费账号
        payout.make 生成退费付款文件  payout.export 下载退费付款文件  payout.confirm 登记退费付款结果
        registration.apply 录入登记表册  registration.drop 作废登记表册  registration.refused 下载退回的行  registration.export 导出登记表册
        statement.import 导入渠道对账单  reconcile.run 核对渠道款项  discrepancy.decide 处理对账差异  deposit.enter 登记缴存
        deposit.void 作废缴存  day.close 日结  day.reopen 重开日结
        funding.book 核算资助资金  funding.export 下载资助资金名单  form.export 下载政府资助人员名单
        claim.submit 申请资助资金  claim.approve 同意拨付
        claim.return 退回资金申请  claim.allocate 登记拨付  claim.settle 确认资金到账
        target.load 导入任务  target.set 下达任务  target.derive 推算任务  target.sign 登记责任书  target.carry 沿用上年任务  rollover.lists 生成到期名单
        suspense.match 挂账记入  suspense.return 挂账退回  channel.post 缴费文件入账  policy.bind 更换政策包
        policy.prove 证明政策包  policy.propose 提出政策包  policy.drop 不用政策包
        exchange.partner 维护交换单位  exchange.friday 生成已缴未缴名单  exchange.registrations 生成发税务数据
        exchange.fund_request 生成资金申请报文  exchange.take 收下来文  exchange.turn_away 拒收来文  exchange.handle 办理来文
        exchange.receipt 收到回执  exchange.send 发送报文  exchange.resend 重发报文  exchange.again 再办来文  exchange.code 维护外部代码
        exchange.remind 短信提醒
        outreach.open 比对生成扩面台账  outreach.follow 自动更新扩面台账  outreach.contact 登记走访联系  outreach.close 扩面对象结案
        outreach.reopen 恢复扩面对象  outreach.assign 指派扩面对象
        fund.enter 登记资金收入  fund.reverse 冲回资金收入
        figure.keep 上传外来数字  figure.note 导入外来数字  figure.refused 下载退回的数字行
        work_fund.decide 核定工作经费
        channel.limit 限制缴费渠道  channel.add 新增缴费渠道  channel.close 停用缴费渠道  channel.take 渠道缴费  channel.cancel 渠道撤销
        report.hand_in 上报报表  report.reopen 重新开放上报  report.setting 设置上报和公示
        bulletin.draft 起草通报  bulletin.edit 修改通报  bulletin.submit 送审通报  bulletin.review 审阅通报  bulletin.publish 发布通报
        offline.issue 领取离线任务  offline.return 交回离线任务  offline.take 离线收款入账  offline.refuse 离线收款不能入账
        offline.give_back 退还离线收款
        posting.post 张榜公示  posting.object 登记公示异议  posting.answer 答复公示异议
        resident.order 居民网上下单  resident.confirm 居民网上付款  resident.apply 居民网上申请登记
        application.accept 受理居民申请  application.refuse 退回居民申请  application.show 查看居民申请材料
        """);

    static readonly Dictionary<string, string> Subjects = Words("""
        person 人员  household 家庭户  unit 单位  account 账号  pack_binding 政策包  policy_proof 政策证明  policy_proposal 待核准政策包  dues 应缴  enrolments 参保登记
        upload 上传文件  roster 名单  roster_word 名单用语  roster_limit 核对比例
        clock 办理时限  comparison 数据比对  finding 比对结果  people 人员
        collection_batch 收款批次  receipt 票据  cash 现金  cash_limit 现金限额
        statement 渠道对账单  reconciliation 渠道对账  discrepancy 对账差异  deposit 缴存  channel_notice 渠道款项
        target 任务  figure 数字
        refund 退费  payout 退费付款文件  funding 资助资金  funder_claim 资金申请  channel 缴费渠道  form 规定报表
        exchange_partner 交换单位  exchange_message 交换报文  exchange_code 外部代码  reminders 短信提醒
        outreach 扩面台账  outreach_case 扩面对象
        work_fund 工作经费  collection_bag 离线任务  bag_taking 离线收款  backup 备份  access_rule 登录要求
        fund_income 资金收入
        report 报表上报  report_setting 上报和公示设置  bulletin 通报  posting 公示
        resident_order 居民订单  resident_application 居民申请
        """);

    static readonly Dictionary<string, string> Actions = Words("""
        registered 登记入库  status 登记信息  number_corrected 更正证件号码  renamed 更正姓名  died 登记死亡  not_dead 撤销死亡登记
        birth_corrected 更正出生日期  paper_added 登记证件  merged 并入另一条记录  took_over 并入了另一条记录  number_shown 查看完整号码  enrolled 参保登记
        enrolment_changed 参保登记变更  paid 缴费  covered 开通待遇  cover_ended 待遇中止  due 应缴变化  founded 立户  moved 迁移  ended 销户
        loaded 导入单位  bound 绑定政策包  assessed 核定  renewed 批量续保  added 新建  disabled 停用  enabled 恢复
        password_reset 重置密码  password_changed 修改密码  signed_in 登录  sign_in_failed 登录失败  restored 恢复
        factor_begun 准备动态验证码  factor_on 启用动态验证码  factor_off 停用动态验证码  factor_reset 重置动态验证码
        recovery_used 使用备用码  tied 绑定统一身份认证  untied 解除统一身份认证
        category_added 列入名单  category_removed 退出名单  category_addition_undone 撤销列入  category_removal_undone 撤销退出
        applied 生效  undone 撤销  confirmed 核对同意  learnt 记住用语  read_as 记下读法  refused_taken 下载退回的行  exported 导出
        batch_opened 开出批次  batch_step 办理  line_returned 退回  line_answered 说明  handed_over 移交  counted 清点
        voided 作废  reprinted 补打  payment_reversed 冲销缴费  refund 退费
        file_attached 上传材料  file_shown 查看材料
        imported 导入  kept 存档  marked 标记  set 设置  compared 比对  decided 处理  found_again 再次发现  opened 开始计时  done 办结
        replaced 替换  matched 核对  closed 日结  reopened 重开  entered 登记  restated 更正金额  reversed 冲回
        settled 处理  suspense 挂账  cancelled 撤销  shares_booked 核算  claimed 办理  file_posted 文件入账
        targeted 任务  noted 记入  proved 证明  proposed 提出
        made 生成  taken 收下  turned_away 拒收  handled 办理  receipt 回执  sent 发送  not_sent 发送不成  answered 收到回执  resent 重发
        contacted 联系  case_closed 结案  case_reopened 恢复  assigned 指派
        limited 限制
        report_handed_in 上报  period_reopened 重新开放  bulletin_drafted 起草  bulletin_moved 通报办理  posted 公示
        bag_issued 领取  bag_returned 交回  taking_voided 手机作废  taking_refused 不能入账  cash_given_back 退还现金
        objected 异议  objection_answered 答复异议
        looked_up 成批查询  ordered 下单  confirmed_at_gateway 付款  application_handed_in 申请  application_decided 受理  application_shown 查看材料
        """);

    static readonly Dictionary<string, string> Fields = Words("""
        number 证件号码  name 姓名  sex 性别  born_on 出生日期  died_on 死亡日期  from_day 起  until_day 止  unit 单位
        relation 与户主关系  residence 户籍居住  permit_until 居住证到期  employment 就业  employee_cover_ended 职工医保停保
        student 在学  school_entry 入学  school_unit 学校  scope_status 其他身份  other_cover 外地参保  address 住址
        phone 电话  year 年度  kind 类别  registered_on 登记日期  ended_on 终止日期  end_reason 终止原因  amount 金额
        channel 渠道  receipt 收据号  ground 依据  outcome 结论  personal 个人应缴  pack 政策包  clauses 条款  tier 档次
        leader 负责人  parent 上级  role 岗位  department 部门  disabled 停用  must_change 须改密码  locked_until 锁定至
        people 人数  as_of 核定日  category 人员类别  day 从这一天起  handed_in_on 报送日  first_day 最早变动日  effective_on 最晚变动日
        added 新增  removed 退出  changed 变更  unchanged 不变  rejected 退回  held_back 暂不退出  held 在册  percent 比例  means 意思
        reading 读法  rows 行数  file 文件  batch 批次  state 情况  reference 号码  reason 原因  answer 说明  copies 补打次数
        agent 收款人  holder 持款人  to 移交给  days 天数  payment_id 缴费编号  payee 收款人  decision 审核意见
        taken_back 扣回  payer 承担方  allocation 拨款凭证  remark 意见  line 首行  lines 笔数  done 入账挂账
        answers 承担人  basis 依据的数  source 来源  signed_on 签订日期
        partner 交换单位  direction 方向  run 次数  accepted 收下  refused 退回  code 代码  fault 问题  office 单位  way 方式  format 格式
        sha256 摘要  bytes 字节数  made_at 备份时间  schema 库结构版本  signed_in_at 登录时间  failures 连续输错次数  second_factor 动态验证码  used 次数
        opened 新立  closed 结案  reopened 恢复  moved 转单位或情况  result 结果  next_visit 下次走访  proof 材料
        asked 查询号码数  found 查到  wrong 号码有误  bag 离线任务  numbers 票据号数  unused 未用票据号  person_id 人员编号
        digest 摘要  refuses 不收的学生类别
        form 报表  due 应报日  version 版本  late 逾期  moves_days_off 遇休顺延  paid_at 付款时间  title 标题  text 正文摘要  objection 异议号
        """);

    // Identifiers of the program's own and parts that the sentence of the amount says better.
    static readonly HashSet<string> Hidden = ["household", "merged_into", "from", "funding", "session"];

    static readonly Dictionary<string, Func<string, string>> Values = new()
    {
        ["sex"] = Word(RegistryWords.Sexes),
        ["relation"] = Word(RegistryWords.Relations),
        ["residence"] = Word(RegistryWords.Residences),
        ["employment"] = Word(RegistryWords.Employments),
        ["student"] = Word(RegistryWords.Students),
        ["scope_status"] = Word(RegistryWords.ScopeStatuses),
        ["other_cover"] = Word(RegistryWords.OtherCovers),
        ["outcome"] = DueText.Outcome,
        ["channel"] = Channel,
        ["ground"] = Ground,
        ["tier"] = Tier,
    };

    /// <summary>Kinds of acts that can be looked for, with their words.</summary>
    public static IEnumerable<(string Code, string Chinese)> AllKinds => Kinds.Select(pair => (pair.Key, pair.Value));

    /// <summary>Kinds of things that can be looked for, with their words.</summary>
    public static IEnumerable<(string Code, string Chinese)> AllSubjects => Subjects.Select(pair => (pair.Key, pair.Value));

    /// <summary>A kind of act.</summary>
    public static string Kind(string kind) => Kinds.GetValueOrDefault(kind, kind);

    /// <summary>A kind of thing.</summary>
    public static string Subject(string subject) => Subjects.GetValueOrDefault(subject, subject);

    /// <summary>What was done.</summary>
    public static string Action(string action) => Actions.GetValueOrDefault(action, action);

    /// <summary>A chosen tier.</summary>
    public static string Tier(string tier) => tier switch
    {
        "1" => "一档",
        "2" => "二档",
        _ => "未选",
    };

    /// <summary>How cash and other ways of paying are called.</summary>
    public static string Channel(string channel) => channel switch
    {
        "cash" => "现金",
        "history" => "历史导入",
        "group" => "集体缴费",
        Residents.PayDesk.Channel => "网上缴费（沙箱）",
        _ => channel,
    };

    /// <summary>What opened a span of cover.</summary>
    public static string Ground(string ground) => ground switch
    {
        "payment" => "缴费",
        "assistance" => "资助参保",
        "resumed" => "恢复",
        "history" => "历史导入",
        _ => ground,
    };

    /// <summary>What a paper is.</summary>
    public static string Paper(string kind) => kind switch
    {
        PersonPaperRow.FormerNumber => "曾用证件号码",
        "residence_permit" => "居住证",
        "hukou_booklet" => "户口簿",
        "birth_certificate" => "出生医学证明",
        PersonPaperRow.FoundlingReport => "捡拾弃婴报案证明",
        _ => kind,
    };

    /// <summary>What a change says, field by field.</summary>
    /// <param name="change">The change.</param>
    /// <param name="unitName">The name of a unit's code.</param>
    public static IReadOnlyList<ChangedField> Read(ActChangeRow change, Func<string, string> unitName)
    {
        var (old, now) = (Parse(change.Old), Parse(change.New));
        var names = old.Select(field => field.Key).Concat(now.Select(field => field.Key)).Distinct().ToList();
        var fields = from name in names
                     where !Hidden.Contains(name)
                     select new ChangedField(Fields.GetValueOrDefault(name, name), Value(old, name), Value(now, name));
        return [.. fields, .. names.Contains("household") && change.Old is not null ? new[] { new ChangedField("所在户", null, "已变更") } : []];

        string? Value(JsonObject fields, string name) => fields[name] is not { } value ? null
            : name is "unit" or "school_unit" or "parent" ? unitName($"{value}")
            : name == "kind" ? Named(change.Action, $"{value}")
            : Said(name, value);
    }

    static string Named(string action, string kind) => action switch
    {
        "paper_added" => Paper(kind),
        "enrolled" or "enrolment_changed" => RegistryWords.Enrolment(kind),
        "applied" or "undone" => kind == "full" ? "全量名单" : "动态调整",
        _ => kind,
    };

    static string Said(string name, JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "是",
        JsonValueKind.False => "否",
        _ => Values.TryGetValue(name, out var say) ? say($"{value}") : Moment($"{value}"),
    };

    /// <summary>Instants are recorded in world time; an office reads them on its own wall.</summary>
    static string Moment(string text) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        ? string.Create(CultureInfo.InvariantCulture, $"{at.ToOffset(BusinessDay.Offset):yyyy-MM-dd HH:mm}") : text;

    static JsonObject Parse(string? text) => text is null ? [] : JsonNode.Parse(text)!.AsObject();

    static Dictionary<string, string> Words(string pairs) => pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2)
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    // Codes are recorded in the form of their names, as own_name.
    static Func<string, string> Word<T>(WordList<T> words)
        where T : struct, Enum
    {
        var byName = words.All.ToDictionary(pair => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{pair.Code}"), pair => pair.Word);
        return name => byName.GetValueOrDefault(name, name);
    }
}
