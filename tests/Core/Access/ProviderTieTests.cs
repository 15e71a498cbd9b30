using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Access;

public class ProviderTieTests
{
    const string Password = "初始-Passw0rd", Provider = "https://id.example.cn";

    /// <summary>Some providers take the number of the person.</summary>
    static readonly string Subject = TestArea.Number(new(1985, 3, 20), 1).Full;

    [Theory, OnBothEngines]
    public async Task A_subject_of_one_provider_is_nobody_to_another_and_stands_nowhere(Engine engine)
    {
        await using var area = await MadeAsync(engine);
        var ties = new ProviderTies(area.Vault);
        await TieAsync(area, "wang.fang", Provider, Subject);
        var session = await ties.TryAsync(area.Database, Provider, Subject);
        Assert.Equal((SignInOutcome.Accepted, "wang.fang"), (session.Outcome, session.Login));
        Assert.NotNull(await Sessions.FindAsync(area.Database, session.Area, session.Login, session.Stamp));
        Assert.Equal(SignInOutcome.Refused, (await ties.TryAsync(area.Database, "https://id.example.com", Subject)).Outcome);
        Assert.Equal(SignInOutcome.Refused, (await ties.TryAsync(area.Database, Provider, Subject + "x")).Outcome);
        var row = await area.ReadAsync(each => ProviderTies.FindAsync(each, TestArea.Code, "wang.fang"));
        Assert.Equal(-1, row!.SubjectHash.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Subject)));
        var told = await area.ReadAsync(each => each.Table<ActChangeRow>().Where(change => change.Area == TestArea.Code).ToListAsync());
        Assert.DoesNotContain(told, change => $"{change.Old}{change.New}".Contains(Subject, StringComparison.Ordinal));
    }

    [Theory, OnBothEngines]
    public async Task Tying_and_untying_end_the_sessions_and_the_subject_is_free_again(Engine engine)
    {
        await using var area = await MadeAsync(engine);
        var old = await Sessions.TryAsync(area.Database, "wang.fang", Password);
        await TieAsync(area, "wang.fang", Provider, Subject);
        Assert.Null(await Sessions.FindAsync(area.Database, old.Area, old.Login, old.Stamp));
        var ties = new ProviderTies(area.Vault);
        var session = await ties.TryAsync(area.Database, Provider, Subject);
        await ProviderTies.UntieAsync(area.Database, await ViewerAsync(area, "admin"), "wang.fang", "调动");
        Assert.Null(await Sessions.FindAsync(area.Database, session.Area, session.Login, session.Stamp));
        Assert.Equal(SignInOutcome.Refused, (await ties.TryAsync(area.Database, Provider, Subject)).Outcome);
        await TieAsync(area, "li.si", Provider, Subject);
        Assert.Equal("li.si", (await ties.TryAsync(area.Database, Provider, Subject)).Login);
        // The password is good all along.
        Assert.Equal(SignInOutcome.Accepted, (await Sessions.TryAsync(area.Database, "li.si", Password)).Outcome);
    }

    [Theory, OnBothEngines]
    public async Task Of_two_accounts_tied_to_a_subject_at_once_one_is_refused(Engine engine)
    {
        await using var area = await MadeAsync(engine);
        var outcomes = await Task.WhenAll(new[] { "wang.fang", "li.si" }.Select(async login =>
        {
            try
            {
                await TieAsync(area, login, Provider, Subject);
                return "";
            }
            catch (RefusedException fault)
            {
                return fault.Code;
            }
        }));
        Assert.Equal(["", "L131"], outcomes.Order());
    }

    static async Task TieAsync(TestArea area, string login, string provider, string subject) => await new ProviderTies(area.Vault)
        .TieAsync(area.Database, await ViewerAsync(area, "admin"), login, (provider, subject), "本人申请");

    static async Task<Viewer> ViewerAsync(TestArea area, string login)
    {
        var session = await Sessions.TryAsync(area.Database, login, Password);
        return (await Sessions.FindAsync(area.Database, session.Area, session.Login, session.Stamp))!;
    }

    static async Task<TestArea> MadeAsync(Engine engine)
    {
        var area = await TestArea.CreateAsync(engine);
        var doer = new Doer("@test", "测试");
        await Accounts.AddAsync(area.Database, TestArea.Code, doer, new("wang.fang", "王芳", Role.Agent, TestArea.Village), Password);
        await Accounts.AddAsync(area.Database, TestArea.Code, doer, new("li.si", "李四", Role.Agent, TestArea.Village), Password);
        await Accounts.AddAsync(area.Database, TestArea.Code, doer, new("admin", "关理", Role.Administrator, "bg"), Password);
        return area;
    }
}
