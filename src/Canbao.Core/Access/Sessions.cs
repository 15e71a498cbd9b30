using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Access;

/// <summary>What became of an attempt to sign in.</summary>
public enum SignInOutcome
{
    /// <summary>A session may begin.</summary>
    Accepted,

    /// <summary>Unknown login, wrong password or locked account. Which of them is not told, or logins could be found by trying.</summary>
    Refused,

    /// <summary>The password was right but the account is closed.</summary>
    Disabled,
}

/// <summary>An attempt to sign in. Area, login and stamp name the session.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Area">The tenant.</param>
/// <param name="Login">The account.</param>
/// <param name="Stamp">Ends the session when the account's differs.</param>
public readonly record struct SignedIn(SignInOutcome Outcome, int Area = 0, string Login = "", long Stamp = 0);

/// <summary>Sign-in by password, and the sessions that follow from it. No server keeps anything.</summary>
public static class Sessions
{
    /// <summary>So many wrong passwords in a row lock an account.</summary>
    public const int Attempts = 5;

    /// <summary>For so long.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    /// <summary>Tries a password.</summary>
    /// <exception cref="Canbao.Storage.Faults.StorageException">The database could not answer.</exception>
    public static async Task<SignedIn> TryAsync(Database database, string login, string password, CancellationToken cancel = default)
    {
        login = AccountRules.Clean(login);
        var account = await CountAsync(database, login, cancel);
        if (!await PasswordHash.FitsAsync(account?.Password, password, cancel))
        {
            if (account is not null)
                await TellAsync(database, account, "sign_in_failed", cancel);
            return new(SignInOutcome.Refused);
        }

        if (account!.Disabled)
            return new(SignInOutcome.Disabled);
        await TellAsync(database, account, "signed_in", cancel);
        return new(SignInOutcome.Accepted, account.Area, account.Login, account.Stamp);
    }

    /// <summary>Whoever a session belongs to; null where it has ended.</summary>
    public static Task<Viewer?> FindAsync(Database database, int area, string login, long stamp, CancellationToken cancel = default) =>
        database.ReadAsync(
            session =>
                (from account in session.Table<AccountRow>()
                 where account.Area == area && account.Login == login && account.Stamp == stamp && !account.Disabled
                 join unit in session.Table<UnitRow>().Where(unit => unit.Area == area) on account.Unit equals unit.Code
                 join place in session.Table<AreaRow>() on account.Area equals place.Code
                 select ViewerOf(account, unit, place)).SingleOrDefaultAsync(cancel),
            cancel);

    static Viewer ViewerOf(AccountRow account, UnitRow unit, AreaRow place) =>
        new(account.Login, account.Name, AccountRules.RoleOf(account), account.Area, unit.Code, unit.Path, account.Department)
        {
            AreaName = place.Name,
            UnitName = unit.Name,
            MustChange = account.MustChange,
        };

    /// <summary>
    /// Counts the attempt before its password is looked at, so that many at once get no more attempts than one after another. Null where
    /// the login is not there or is locked.
    /// </summary>
    static Task<AccountRow?> CountAsync(Database database, string login, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var known = await session.Table<LoginRow>().SingleOrDefaultAsync(row => row.Login == login, cancel);
            if (known is null)
                return null;
            var area = known.Area;
            var account = await session.Table<AccountRow>().SingleAsync(row => row.Area == area && row.Login == login, cancel);
            if (account.LockedUntil > session.Now)
                return null;
            var failures = account.LockedUntil is null ? account.Failures + 1 : 1;
            var counted = account with
            {
                Failures = failures,
                LockedUntil = failures >= Attempts ? session.Now + LockTime : null,
            };
            await session.Data.UpdateAsync(counted, token: cancel);
            return counted;
        },
        cancel);

    static Task TellAsync(Database database, AccountRow counted, string action, CancellationToken cancel) => Act.DoAsync(
        database,
        counted.Area,
        new(counted.Login, "登录"),
        $"account.{action}",
        async act =>
        {
            if (action == "sign_in_failed")
            {
                act.Record("account", counted.Login, action, null, new { counted.Failures, counted.LockedUntil });
                return;
            }

            var (area, login) = (counted.Area, counted.Login);
            await act.Session.Table<AccountRow>()
                .Where(row => row.Area == area && row.Login == login)
                .Set(row => row.Failures, 0)
                .Set(row => row.LockedUntil, (DateTimeOffset?)null)
                .Set(row => row.SignedInAt, act.At)
                .UpdateAsync(cancel);
            act.Record("account", login, action, new { counted.SignedInAt }, new { SignedInAt = act.At });
        },
        cancel);
}
