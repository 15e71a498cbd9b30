using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Access;

public class SecondFactorTests
{
    const string Password = "初始-Passw0rd";

    /// <summary>The examples of RFC 6238, appendix B, cut to six digits; and those of RFC 4648 for the text of a secret.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        var secret = "12345678901234567890"u8;
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Assert.Equal(code, TimedCodes.Code(secret, TimedCodes.StepAt(now)));
        Assert.Equal(TimedCodes.StepAt(now), TimedCodes.Find(secret, code, now.AddSeconds(29), 0));
        Assert.Null(TimedCodes.Find(secret, code, now.AddSeconds(61), 0));
        Assert.Null(TimedCodes.Find(secret, code, now.AddSeconds(-90), 0));
        Assert.Null(TimedCodes.Find(secret, code, now, TimedCodes.StepAt(now)));
        Assert.Equal("MZXW6YTBOI", TimedCodes.Text("foobar"u8));
        Assert.Equal("MZXW6", TimedCodes.Text("foo"u8));
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", TimedCodes.Text(secret));
    }

    [Theory, OnBothEngines]
    public async Task After_the_password_a_code_is_needed_that_is_taken_once(Engine engine)
    {
        await using var area = await MadeAsync(engine);
        var factors = new SecondFactors(area.Vault, area.Clock);
        var (secret, codes) = await EnrolAsync(area, factors);
        var first = await Sessions.TryAsync(area.Database, "wang.fang", Password);
        Assert.Equal(SignInOutcome.CodeNeeded, first.Outcome);
        // The code that confirmed it was used by that.
        Assert.Equal(SignInOutcome.Refused, (await factors.TryAsync(area.Database, first, Now(area, secret))).Outcome);
        area.Clock.Set("2021-11-05 09:31");
        Assert.Equal(SignInOutcome.Accepted, (await factors.TryAsync(area.Database, first, Now(area, secret))).Outcome);
        Assert.Equal(SignInOutcome.Refused, (await factors.TryAsync(area.Database, first, Now(area, secret))).Outcome);
        // The one before it is older than what was taken; a recovery code is good once.
        Assert.Equal(SignInOutcome.Refused, (await factors.TryAsync(area.Database, first, Now(area, secret, -1))).Outcome);
        Assert.Equal(SignInOutcome.Accepted, (await factors.TryAsync(area.Database, first, codes[3].ToLowerInvariant())).Outcome);
        Assert.Equal(SignInOutcome.Refused, (await factors.TryAsync(area.Database, first, codes[3])).Outcome);
        Assert.Equal(9, await area.ReadAsync(session => SecondFactors.GoodCodesAsync(session, TestArea.Code, "wang.fang")));
        var viewer = await Sessions.FindAsync(area.Database, first.Area, first.Login, first.Stamp);
        Assert.True(viewer!.HasFactor);
        // Nothing that opens an account is in the record, and the secret does not lie open.
        var kept = await area.ReadAsync(session => session.Table<ActChangeRow>().Where(row => row.Area == TestArea.Code).ToListAsync());
        Assert.Contains(kept, change => change.Action == "recovery_used");
        var told = string.Concat(kept.Select(change => $"{change.Old}{change.New}"));
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), told));
        Assert.DoesNotContain(TimedCodes.Text(secret), told);
        var row = await area.ReadAsync(session => SecondFactors.FindAsync(session, TestArea.Code, "wang.fang"));
        Assert.Equal(-1, row!.Sealed.AsSpan().IndexOf(secret));
    }

    [Theory, OnBothEngines]
    public async Task Wrong_codes_lock_the_account_and_right_passwords_do_not_begin_anew(Engine engine)
    {
        await using var area = await MadeAsync(engine);
        var factors = new SecondFactors(area.Vault, area.Clock);
        var (secret, _) = await EnrolAsync(area, factors);
        area.Clock.Set("2021-11-05 09:40");
        SignedIn first = default;
        for (int attempt = 0; attempt < Sessions.Attempts; attempt++)
        {
            first = await Sessions.TryAsync(area.Database, "wang.fang", Password);
            Assert.Equal(SignInOutcome.CodeNeeded, first.Outcome);
            Assert.Equal(SignInOutcome.Refused, (await factors.TryAsync(area.Database, first, "000000x")).Outcome);
        }

        Assert.Equal(SignInOutcome.Refused, (await factors.TryAsync(area.Database, first, Now(area, secret))).Outcome);
        Assert.Equal(SignInOutcome.Refused, (await Sessions.TryAsync(area.Database, "wang.fang", Password)).Outcome);
        area.Clock.Set("2021-11-05 09:56");
        first = await Sessions.TryAsync(area.Database, "wang.fang", Password);
        Assert.Equal(SignInOutcome.Accepted, (await factors.TryAsync(area.Database, first, Now(area, secret))).Outcome);
        // Passwords alone never lock their owner out.
        for (int attempt = 0; attempt < 2 * Sessions.Attempts; attempt++)
            Assert.Equal(SignInOutcome.CodeNeeded, (await Sessions.TryAsync(area.Database, "wang.fang", Password)).Outcome);
    }

    [PostgresFact]
    public async Task One_code_at_the_same_time_lets_in_one()
    {
        await using var area = await MadeAsync(Engine.Postgres);
        var factors = new SecondFactors(area.Vault, area.Clock);
        var (secret, _) = await EnrolAsync(area, factors);
        area.Clock.Set("2021-11-05 09:40");
        var first = await Sessions.TryAsync(area.Database, "wang.fang", Password);
        var code = Now(area, secret);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => factors.TryAsync(area.Database, first, code)));
        Assert.Single(outcomes, outcome => outcome.Outcome == SignInOutcome.Accepted);
    }

    [Theory, OnBothEngines]
    public async Task It_is_begun_with_the_password_ended_with_a_code_and_reset_by_an_administrator(Engine engine)
    {
        await using var area = await MadeAsync(engine);
        var factors = new SecondFactors(area.Vault, area.Clock);
        var viewer = await ViewerAsync(area, "wang.fang");
        Assert.Equal("L108", await RefusedAsync(() => factors.BeginAsync(area.Database, viewer, "wrong")));
        Assert.Equal("L123", await RefusedAsync(() => factors.ConfirmAsync(area.Database, viewer, "000000")));
        var (secret, _) = await EnrolAsync(area, factors);
        Assert.Null(await Sessions.FindAsync(area.Database, viewer.Area, viewer.Login, (await AccountAsync(area)).Stamp - 1));
        Assert.Equal("L122", await RefusedAsync(() => factors.BeginAsync(area.Database, viewer, Password)));
        Assert.Equal("L124", await RefusedAsync(() => factors.EndAsync(area.Database, viewer, "000000x")));
        area.Clock.Set("2021-11-05 09:40");
        await factors.EndAsync(area.Database, viewer, Now(area, secret));
        Assert.Equal(SignInOutcome.Accepted, (await Sessions.TryAsync(area.Database, "wang.fang", Password)).Outcome);
        Assert.Equal(0, await area.ReadAsync(session => SecondFactors.GoodCodesAsync(session, TestArea.Code, "wang.fang")));

        // Another one has another secret; who has lost it is helped by an administrator.
        var (next, _) = await EnrolAsync(area, factors);
        Assert.NotEqual(secret, next);
        var admin = await ViewerAsync(area, "admin");
        Assert.Equal("L127", await RefusedAsync(() => Accounts.ResetFactorAsync(area.Database, admin, "admin", "试")));
        Assert.Equal("L111", await RefusedAsync(() => Accounts.ResetFactorAsync(area.Database, admin, "wang.fang", " ")));
        await Accounts.ResetFactorAsync(area.Database, admin, "wang.fang", "手机丢失");
        Assert.Equal(SignInOutcome.Accepted, (await Sessions.TryAsync(area.Database, "wang.fang", Password)).Outcome);
        Assert.Null(await area.ReadAsync(session => factors.WaitingAsync(session, viewer)));
    }

    [Theory, OnBothEngines]
    public async Task An_area_demands_it_of_some_roles(Engine engine)
    {
        await using var area = await MadeAsync(engine);
        var factors = new SecondFactors(area.Vault, area.Clock);
        var admin = await ViewerAsync(area, "admin");
        Assert.False(admin.MustEnrol);
        Assert.Equal("L126", await RefusedAsync(
            () => Accounts.DemandFactorAsync(area.Database, admin with { UnitPath = "/bg/bg-01/" }, true, "试")));
        await Accounts.DemandFactorAsync(area.Database, admin, true, "等级保护要求");
        Assert.True((await ViewerAsync(area, "admin")).MustEnrol);
        Assert.False((await ViewerAsync(area, "wang.fang")).MustEnrol);
        var (secret, _) = await EnrolAsync(area, factors, "admin");
        var first = await Sessions.TryAsync(area.Database, "admin", Password);
        var enrolled = await Sessions.FindAsync(area.Database, first.Area, first.Login, first.Stamp);
        Assert.Equal((true, false), (enrolled!.FactorDemanded, enrolled.MustEnrol));
        area.Clock.Set("2021-11-05 09:40");
        Assert.Equal("L125", await RefusedAsync(() => factors.EndAsync(area.Database, enrolled, Now(area, secret))));
        await Accounts.DemandFactorAsync(area.Database, admin, false, "练习");
        Assert.False((await Sessions.FindAsync(area.Database, first.Area, first.Login, first.Stamp))!.FactorDemanded);
    }

    static string Now(TestArea area, byte[] secret, int later = 0) =>
        TimedCodes.Code(secret, TimedCodes.StepAt(area.Clock.GetUtcNow()) + later);

    static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> EnrolAsync(
        TestArea area, SecondFactors factors, string login = "wang.fang")
    {
        var viewer = await ViewerAsync(area, login);
        await factors.BeginAsync(area.Database, viewer, Password);
        var secret = (await area.ReadAsync(session => factors.WaitingAsync(session, viewer)))!;
        var (codes, _) = await factors.ConfirmAsync(area.Database, viewer, Now(area, secret));
        Assert.Equal(SecondFactors.RecoveryCodes, codes.Distinct().Count());
        Assert.Null(await area.ReadAsync(session => factors.WaitingAsync(session, viewer)));
        return (secret, codes);
    }

    static async Task<Viewer> ViewerAsync(TestArea area, string login)
    {
        var session = await Sessions.TryAsync(area.Database, login, Password);
        return (await Sessions.FindAsync(area.Database, session.Area, session.Login, session.Stamp))!;
    }

    static Task<AccountRow> AccountAsync(TestArea area) => area.ReadAsync(session =>
        session.Table<AccountRow>().SingleAsync(row => row.Area == TestArea.Code && row.Login == "wang.fang"));

    static async Task<string> RefusedAsync(Func<Task> work) => (await Assert.ThrowsAsync<RefusedException>(work)).Code;

    static async Task<TestArea> MadeAsync(Engine engine)
    {
        var area = await TestArea.CreateAsync(engine);
        var doer = new Doer("@test", "测试");
        await Accounts.AddAsync(area.Database, TestArea.Code, doer, new("wang.fang", "王芳", Role.Agent, TestArea.Village), Password);
        await Accounts.AddAsync(area.Database, TestArea.Code, doer, new("admin", "关理", Role.Administrator, "bg"), Password);
        return area;
    }
}
