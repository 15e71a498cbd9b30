using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Access;

/// <summary>An account to be made.</summary>
/// <param name="Login">The name for signing in.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Unit">The code of the unit that it sees with all below it.</param>
/// <param name="Department">The department's code for a list department; null for others.</param>
public sealed record NewAccount(string Login, string Name, Role Role, string Unit, string? Department = null)
{
    /// <summary>Whether the password need not be changed at the first sign-in: for practice, and where its owner set it.</summary>
    public bool IsChosen { get; init; }
}

/// <summary>An account as lists show it.</summary>
/// <param name="Account">The account; its password hash is left out.</param>
/// <param name="UnitName">The name of its unit.</param>
/// <param name="UnitPath">The path of its unit.</param>
public sealed record ListedAccount(AccountRow Account, string UnitName, string UnitPath)
{
    /// <inheritdoc cref="ListedAccount"/>
    public AccountRow Account { get; } = Account with { Password = "" };

    /// <summary>What it is for.</summary>
    public Role Role { get; } = AccountRules.RoleOf(Account);
}

/// <summary>Making and changing accounts. Every change is an act; a changed password or a closed account ends its sessions.</summary>
public static class Accounts
{
    /// <summary>Makes an account; its owner has to choose another password at the first sign-in.</summary>
    /// <param name="database">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="doer">Who and why.</param>
    /// <param name="wish">The account.</param>
    /// <param name="password">The first password.</param>
    /// <param name="scope">The path that its unit must lie below; null for anywhere.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="RefusedException">L101 to L107, L110: refused.</exception>
    /// <exception cref="StorageException">The database could not answer.</exception>
    public static Task AddAsync(
        Database database, int area, Doer doer, NewAccount wish, string password, string? scope = null,
        CancellationToken cancel = default) =>
        AddAsync(database, area, doer, wish, password, scope, _ => Task.CompletedTask, cancel);

    /// <summary>The same, with something to look at in the same transaction first.</summary>
    internal static async Task AddAsync(
        Database database, int area, Doer doer, NewAccount wish, string password, string? scope, Func<Act, Task> first,
        CancellationToken cancel)
    {
        var account = wish with { Login = AccountRules.Clean(wish.Login), Name = wish.Name.Trim() };
        AccountRules.Check(account);
        AccountRules.CheckPassword(account.Login, password);
        var hash = await PasswordHash.MakeAsync(password, cancel);
        await Act.DoAsync(
            database,
            area,
            doer,
            "account.add",
            async act =>
            {
                await first(act);
                await InsertAsync(act, account, hash, scope, cancel);
            },
            cancel);
    }

    /// <summary>Sets one's own password.</summary>
    /// <exception cref="RefusedException">L108: the present password is another. L110: too weak.</exception>
    public static async Task ChangePasswordAsync(
        Database database, Viewer viewer, string present, string next, CancellationToken cancel = default)
    {
        AccountRules.CheckPassword(viewer.Login, next);
        if (present == next)
            throw new RefusedException("L110", "新密码与现在的密码相同；请换一个");
        if (!await Sessions.IsPasswordAsync(database, viewer, present, cancel))
            throw new RefusedException("L108", "现在的密码不对；请重新输入");
        var hash = await PasswordHash.MakeAsync(next, cancel);
        await ChangeAsync(
            database, viewer.Area, viewer.Login, new(viewer.Login, "本人修改密码"), "password_changed",
            (row, act) => row with { Password = hash, MustChange = false, Stamp = act.Id }, cancel);
    }

    /// <summary>Sets a password for somebody else, who has to choose another at the next sign-in. It also unlocks the account.</summary>
    /// <exception cref="RefusedException">L106: no such account within the viewer's scope. L110: too weak.</exception>
    public static async Task ResetPasswordAsync(
        Database database, Viewer viewer, string login, string next, string reason, CancellationToken cancel = default)
    {
        AccountRules.CheckPassword(login, next);
        var hash = await PasswordHash.MakeAsync(next, cancel);
        await ChangeScopedAsync(
            database, viewer, login, reason, "password_reset",
            (row, act) => row with { Password = hash, MustChange = true, Stamp = act.Id, Failures = 0, LockedUntil = null }, cancel);
    }

    /// <summary>Closes an account, which ends its sessions, or opens it again.</summary>
    /// <exception cref="RefusedException">L106: no such account within the viewer's scope. L109: it is one's own.</exception>
    public static Task SetDisabledAsync(
        Database database, Viewer viewer, string login, bool disabled, string reason, CancellationToken cancel = default) =>
        login == viewer.Login
            ? throw new RefusedException("L109", "不能停用自己的账号；请由另一位账号管理员操作")
            : ChangeScopedAsync(
                database, viewer, login, reason, disabled ? "disabled" : "enabled",
                (row, act) => row with { Disabled = disabled, Stamp = act.Id }, cancel);

    /// <summary>Takes the second factor of somebody else away, who has lost it; unlocks the account and ends its sessions.</summary>
    /// <exception cref="RefusedException">L106: no such account within the viewer's scope. L127: it has none.</exception>
    public static Task ResetFactorAsync(
        Database database, Viewer viewer, string login, string reason, CancellationToken cancel = default) =>
        ChangeScopedAsync(database, viewer, login, reason, "factor_reset", Unlocked, cancel, act => LoseFactorAsync(act, login, cancel));

    /// <summary>The same by whoever maintains the installation, where nobody else can.</summary>
    /// <exception cref="RefusedException">L106: no such account. L127: it has none.</exception>
    public static async Task ResetFactorAsync(Database database, int area, Doer doer, string login, CancellationToken cancel = default)
    {
        if (!await database.ReadAsync(
            session => session.Table<AccountRow>().AnyAsync(row => row.Area == area && row.Login == login, cancel), cancel))
            throw new RefusedException("L106", $"没有找到账号“{login}”；请核对登录名和地区");
        await ChangeAsync(database, area, login, doer, "factor_reset", Unlocked, cancel, act => LoseFactorAsync(act, login, cancel));
    }

    /// <summary>Sets whether an area's bureau, tax, finance and administrators need a second factor.</summary>
    /// <exception cref="RefusedException">L111: no reason. L126: the viewer does not see the whole area.</exception>
    public static Task DemandFactorAsync(Database database, Viewer viewer, bool demand, string reason, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new RefusedException("L111", "请写明原因");
        if (!viewer.SeesWholeArea)
            throw new RefusedException("L126", "这项要求由管理整个地区的账号管理员设置");
        return Act.DoAsync(database, viewer.Area, new(viewer.Login, reason.Trim()), "access.rule", async act =>
        {
            var old = await SecondFactors.IsDemandedAsync(act.Session, act.Area);
            if (act.Record("access_rule", act.Area, "set", new { SecondFactor = old }, new { SecondFactor = demand }))
                await act.Session.Data.InsertOrReplaceAsync(
                    new AccessRuleRow { Area = act.Area, Name = SecondFactors.Rule, Asked = demand, ActId = act.Id }, token: cancel);
        }, cancel);
    }

    /// <summary>The accounts within a viewer's scope, ordered by login.</summary>
    /// <param name="database">Where.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="search">A part of the login or name; empty for all.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancel">Ends it early.</param>
    public static async Task<List<ListedAccount>> ListAsync(
        Database database, Viewer viewer, string search, int skip, int take, CancellationToken cancel = default) =>
        await database.ReadAsync(
            session => Scoped(session, viewer)
                .Where(found => search == "" || found.Account.Login.Contains(search) || found.Account.Name.Contains(search))
                .OrderBy(found => found.Account.Login)
                .Skip(skip)
                .Take(take)
                .Select(found => new ListedAccount(found.Account, found.Unit.Name, found.Unit.Path))
                .ToListAsync(cancel),
            cancel);

    /// <summary>An account within a viewer's scope; null where there is none.</summary>
    public static Task<ListedAccount?> FindAsync(Database database, Viewer viewer, string login, CancellationToken cancel = default) =>
        database.ReadAsync(session => FindAsync(session, viewer, login, cancel), cancel);

    static Task<ListedAccount?> FindAsync(Session session, Viewer viewer, string login, CancellationToken cancel) =>
        Scoped(session, viewer)
            .Where(found => found.Account.Login == login)
            .Select(found => new ListedAccount(found.Account, found.Unit.Name, found.Unit.Path))
            .SingleOrDefaultAsync(cancel);

    static IQueryable<Found> Scoped(Session session, Viewer viewer)
    {
        var (area, first, end) = (viewer.Area, viewer.UnitPath, viewer.ScopeEnd);
        return from account in session.Table<AccountRow>()
               where account.Area == area
               join unit in session.Table<UnitRow>().Where(unit => unit.Area == area) on account.Unit equals unit.Code
               where string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
               select new Found { Account = account, Unit = unit };
    }

    static async Task InsertAsync(Act act, NewAccount account, string hash, string? scope, CancellationToken cancel)
    {
        var (area, code, login) = (act.Area, account.Unit, account.Login);
        var unit = await act.Session.Table<UnitRow>().SingleOrDefaultAsync(row => row.Area == area && row.Code == code, cancel);
        if (unit is null || scope is not null && !unit.Path.StartsWith(scope, StringComparison.Ordinal))
            throw new RefusedException("L103", $"单位代码“{code}”不在您管辖的单位之内；请核对");
        if (await act.Session.Table<LoginRow>().AnyAsync(row => row.Login == login, cancel))
            throw new RefusedException("L107", $"登录名“{login}”已经有人用了；请换一个");
        await act.Session.Data.InsertAsync(new LoginRow { Login = login, Area = area }, token: cancel);
        var row = new AccountRow
        {
            Area = area,
            Login = login,
            Name = account.Name,
            Role = account.Role.Code(),
            Unit = code,
            Department = account.Department,
            Password = hash,
            MustChange = !account.IsChosen,
            Stamp = act.Id,
        };
        await act.Session.Data.InsertAsync(row, token: cancel);
        act.Record("account", login, "added", null, Told(row));
    }

    /// <summary>Changes an account within a viewer's scope, with something to do in the same transaction first.</summary>
    /// <exception cref="RefusedException">L106: no such account within the viewer's scope. L111: no reason.</exception>
    internal static async Task ChangeScopedAsync(
        Database database, Viewer viewer, string login, string reason, string action, Func<AccountRow, Act, AccountRow> change,
        CancellationToken cancel, Func<Act, Task>? first = null)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new RefusedException("L111", "请写明原因");
        if (await FindAsync(database, viewer, login, cancel) is null)
            throw new RefusedException("L106", $"没有找到账号“{login}”，或者不归您管理");
        await ChangeAsync(database, viewer.Area, login, new(viewer.Login, reason.Trim()), action, change, cancel, first);
    }

    static Task ChangeAsync(
        Database database, int area, string login, Doer doer, string action, Func<AccountRow, Act, AccountRow> change,
        CancellationToken cancel, Func<Act, Task>? first = null) => Act.DoAsync(
            database,
            area,
            doer,
            $"account.{action}",
            async act =>
            {
                if (first is not null)
                    await first(act);
                var old = await act.Session.Table<AccountRow>().SingleAsync(row => row.Area == area && row.Login == login, cancel);
                var now = change(old, act);
                await act.Session.Data.UpdateAsync(now, token: cancel);
                act.Record("account", login, action, Told(old), Told(now));
            },
            cancel);

    static AccountRow Unlocked(AccountRow row, Act act) => row with { Stamp = act.Id, Failures = 0, LockedUntil = null };

    static async Task LoseFactorAsync(Act act, string login, CancellationToken cancel)
    {
        if ((await SecondFactors.FindAsync(act.Session, act.Area, login))?.ConfirmedAt is null)
            throw new RefusedException("L127", $"账号“{login}”没有启用动态验证码");
        await SecondFactors.VoidAsync(act, login, cancel);
    }

    sealed class Found
    {
        public required AccountRow Account { get; init; }

        public required UnitRow Unit { get; init; }
    }

    /// <summary>What the audit keeps: never the hash, but that it changed.</summary>
    static object Told(AccountRow row) => new
    {
        row.Name,
        row.Role,
        row.Unit,
        row.Department,
        row.MustChange,
        row.Disabled,
        row.LockedUntil,
        Session = row.Stamp,
    };
}
