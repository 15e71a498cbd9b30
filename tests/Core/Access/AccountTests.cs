using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Access;

public class AccountTests
{
    const int Area = 310101;
    const string Password = "初始-Passw0rd";
    const string Better = "更好的-Passw0rd";
    static readonly Doer Setup = new("@test", "测试");

    readonly TestClock clock = new("2022-09-01 09:00");

    [Theory, OnBothEngines]
    public async Task A_person_signs_in_and_is_known_by_unit_and_role(Engine engine)
    {
        await using var made = await MadeAsync(engine);
        var session = await Sessions.TryAsync(made.Database, " Wang.Fang ", Password);
        Assert.Equal((SignInOutcome.Accepted, Area, "wang.fang"), (session.Outcome, session.Area, session.Login));
        var viewer = await Sessions.FindAsync(made.Database, Area, "wang.fang", session.Stamp);
        Assert.Equal(
            ("王芳", Role.Agent, "village-a", "/county/town/village-a/", "甲村", "某县", true),
            (viewer!.Name, viewer.Role, viewer.UnitCode, viewer.UnitPath, viewer.UnitName, viewer.AreaName, viewer.MustChange));
        Assert.True(viewer.Sees("/county/town/village-a/") && viewer.Sees("/county/town/village-a/group/"));
        Assert.False(viewer.Sees("/county/town/village-ab/") || viewer.Sees("/county/town/"));
    }

    [Theory, OnBothEngines]
    public async Task Five_wrong_passwords_lock_an_account_for_a_while(Engine engine)
    {
        await using var made = await MadeAsync(engine);
        for (var attempt = 0; attempt < Sessions.Attempts; attempt++)
            Assert.Equal(SignInOutcome.Refused, (await Sessions.TryAsync(made.Database, "wang.fang", "wrong")).Outcome);
        clock.Set("2022-09-01 09:14");
        Assert.Equal(SignInOutcome.Refused, (await Sessions.TryAsync(made.Database, "wang.fang", Password)).Outcome);
        clock.Set("2022-09-01 09:16");
        Assert.Equal(SignInOutcome.Refused, (await Sessions.TryAsync(made.Database, "wang.fang", "wrong")).Outcome);
        Assert.Equal(SignInOutcome.Accepted, (await Sessions.TryAsync(made.Database, "wang.fang", Password)).Outcome);
        Assert.Equal((0, 6), await made.Database.ReadAsync(async session => (
            (await session.Table<AccountRow>().SingleAsync(row => row.Area == Area && row.Login == "wang.fang")).Failures,
            await session.Table<ActRow>().CountAsync(row => row.Area == Area && row.Kind == "account.sign_in_failed"))));
    }

    [Theory, OnBothEngines]
    public async Task Guesses_at_the_same_time_get_no_more_attempts(Engine engine)
    {
        await using var made = await MadeAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Sessions.TryAsync(made.Database, "wang.fang", "wrong")));
        Assert.Equal(Sessions.Attempts, await made.Database.ReadAsync(session =>
            session.Table<ActRow>().CountAsync(row => row.Area == Area && row.Kind == "account.sign_in_failed")));
    }

    [Theory, OnBothEngines]
    public async Task A_changed_password_ends_the_session_and_is_not_in_the_audit(Engine engine)
    {
        await using var made = await MadeAsync(engine);
        var viewer = await ViewerAsync(made.Database, "wang.fang", Password);
        var old = await Sessions.TryAsync(made.Database, "wang.fang", Password);
        Assert.Equal("L108", (await RefusedAsync(() => Accounts.ChangePasswordAsync(made.Database, viewer, "wrong", Better))).Code);
        await Accounts.ChangePasswordAsync(made.Database, viewer, Password, Better);
        Assert.Null(await Sessions.FindAsync(made.Database, Area, "wang.fang", old.Stamp));
        Assert.Equal(SignInOutcome.Refused, (await Sessions.TryAsync(made.Database, "wang.fang", Password)).Outcome);
        Assert.False((await ViewerAsync(made.Database, "wang.fang", Better)).MustChange);
        var kept = await made.Database.ReadAsync(session => session.Table<ActChangeRow>().Where(row => row.Area == Area).ToListAsync());
        Assert.Contains(kept, change => change.Action == "password_changed");
        Assert.DoesNotContain(kept, change => $"{change.Old}{change.New}".Contains("argon2id", StringComparison.Ordinal));
    }

    [Theory, OnBothEngines]
    public async Task An_administrator_manages_the_accounts_of_the_own_units_only(Engine engine)
    {
        await using var made = await MadeAsync(engine);
        var town = await ViewerAsync(made.Database, "admin.town", Password);
        Assert.Equal(
            ["admin.town", "wang.fang"],
            (await Accounts.ListAsync(made.Database, town, "", 0, 10)).Select(found => found.Account.Login));
        Assert.Equal(
            ["wang.fang"], (await Accounts.ListAsync(made.Database, town, "王", 0, 10)).Select(found => found.Account.Login));
        Assert.Null(await Accounts.FindAsync(made.Database, town, "admin.county"));
        Assert.Equal("", (await Accounts.FindAsync(made.Database, town, "wang.fang"))!.Account.Password);
        Assert.Equal("L106", (await RefusedAsync(() =>
            Accounts.SetDisabledAsync(made.Database, town, "admin.county", true, "离职"))).Code);
        Assert.Equal("L103", (await RefusedAsync(() => Accounts.AddAsync(
            made.Database, Area, new(town.Login, "新人"), new("li.si", "李四", Role.Agent, "other"), Password, town.UnitPath))).Code);
        Assert.Equal("L109", (await RefusedAsync(() => Accounts.SetDisabledAsync(made.Database, town, town.Login, true, "离职"))).Code);

        var session = await Sessions.TryAsync(made.Database, "wang.fang", Password);
        await Accounts.SetDisabledAsync(made.Database, town, "wang.fang", true, "离职");
        Assert.Null(await Sessions.FindAsync(made.Database, Area, "wang.fang", session.Stamp));
        Assert.Equal(SignInOutcome.Disabled, (await Sessions.TryAsync(made.Database, "wang.fang", Password)).Outcome);
        await Accounts.SetDisabledAsync(made.Database, town, "wang.fang", false, "回岗");
        await Accounts.ResetPasswordAsync(made.Database, town, "wang.fang", Better, "忘记密码");
        Assert.True((await ViewerAsync(made.Database, "wang.fang", Better)).MustChange);
    }

    [Theory, OnBothEngines]
    public async Task What_is_not_a_sound_account_is_refused_and_nothing_is_stored(Engine engine)
    {
        await using var made = await MadeAsync(engine);
        (string Code, NewAccount Account, string Password)[] wrong =
        [
            ("L101", new("wang fang", "王芳", Role.Agent, "village-a"), Password),
            ("L102", new("new.one", " ", Role.Agent, "village-a"), Password),
            ("L103", new("new.one", "王芳", Role.Agent, "nowhere"), Password),
            ("L104", new("new.one", "王芳", Role.ListDepartment, "county"), Password),
            ("L104", new("new.one", "王芳", Role.ListDepartment, "county", "magic"), Password),
            ("L105", new("new.one", "王芳", Role.Agent, "county", "health"), Password),
            ("L107", new("Wang.Fang", "王芳", Role.Agent, "village-a"), Password),
            ("L110", new("new.one", "王芳", Role.Agent, "village-a"), "short"),
            ("L110", new("new.one", "王芳", Role.Agent, "village-a"), "aaaaaaaaaaaa"),
            ("L110", new("new.one", "王芳", Role.Agent, "village-a"), "my-NEW.one-123"),
        ];
        foreach (var (code, account, password) in wrong)
            Assert.Equal(code, (await RefusedAsync(() => Accounts.AddAsync(made.Database, Area, Setup, account, password))).Code);
        Assert.Equal(3, await made.Database.ReadAsync(session => session.Table<AccountRow>().CountAsync(row => row.Area == Area)));
        await Accounts.AddAsync(made.Database, Area, Setup, new("new.one", "赵六", Role.ListDepartment, "county", "health"), Password);
        Assert.Equal("health", (await ViewerAsync(made.Database, "new.one", Password)).Department);
    }

    [Fact]
    public void Every_role_has_a_code_of_its_own()
    {
        Assert.Equal(Enum.GetValues<Role>(), Roles.All);
        Assert.Equal(Roles.All.Count, Roles.All.Select(role => role.Code()).Distinct().Count());
        Assert.All(Roles.All, role => Assert.True(Roles.TryParse(role.Code(), out var read) && read == role));
    }

    static async Task<RefusedException> RefusedAsync(Func<Task> wish) => await Assert.ThrowsAsync<RefusedException>(wish);

    static async Task<Viewer> ViewerAsync(Database database, string login, string password)
    {
        var session = await Sessions.TryAsync(database, login, password);
        return (await Sessions.FindAsync(database, session.Area, session.Login, session.Stamp))!;
    }

    async Task<TestDatabase> MadeAsync(Engine engine)
    {
        var made = await CoreDatabase.CreateAsync(engine, clock);
        await made.Database.WriteAsync(async session =>
        {
            await session.Data.InsertAsync(new AreaRow { Code = Area, Name = "某县" });
            await session.Data.InsertAsync(Unit("county", null, "/county/", "某县"));
            await session.Data.InsertAsync(Unit("town", "county", "/county/town/", "某镇"));
            await session.Data.InsertAsync(Unit("other", "county", "/county/other/", "他镇"));
            await session.Data.InsertAsync(Unit("village-a", "town", "/county/town/village-a/", "甲村"));
        });
        await Accounts.AddAsync(made.Database, Area, Setup, new("wang.fang", "王芳", Role.Agent, "village-a"), Password);
        await Accounts.AddAsync(made.Database, Area, Setup, new("admin.town", "张三", Role.Administrator, "town"), Password);
        await Accounts.AddAsync(made.Database, Area, Setup, new("admin.county", "李四", Role.Administrator, "county"), Password);
        return made;
    }

    static UnitRow Unit(string code, string? parent, string path, string name) =>
        new() { Area = Area, Code = code, Parent = parent, Kind = "village", Name = name, Path = path };
}
