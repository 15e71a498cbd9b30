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

    /// <summary>
    /// Unknown login, wrong password or locked account. Which of them is not told, or logins could be found by trying. Of an identity
    /// provider: a subject that no account is tied to.
    /// </summary>
    Refused,

    /// <summary>The password was right, or the identity provider vouches for its owner, but the account is closed.</summary>
    Disabled,

    /// <summary>As much is known; a code of the second factor is needed before a session may begin.</summary>
    CodeNeeded,

    /// <summary>The identity provider vouches for its owner, but the account is locked.</summary>
    Locked,
}

/// <summary>An attempt to sign in. Area, login and stamp name the session.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Area">The tenant.</param>
/// <param name="Login">The account.</param>
/// <param name="Stamp">Ends the session when the account's differs.</param>
public readonly record struct SignedIn(SignInOutcome Outcome, int Area = 0, string Login = "", long Stamp = 0)
{
    /// <summary>Whether the office's identity provider vouched, rather than a password.</summary>
    public bool ByProvider { get; init; }

    /// <summary>What the audit says of it.</summary>
    internal string Reason => ByProvider ? "用统一身份认证登录" : "登录";
}

/// <summary>Sign-in by password, and the sessions that follow from any sign-in. No server keeps anything.</summary>
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
                await TellFailedAsync(database, account, cancel);
            return new(SignInOutcome.Refused);
        }

        if (account!.Disabled)
            return new(SignInOutcome.Disabled);
        var factor = await database.ReadAsync(session => SecondFactors.FindAsync(session, account.Area, account.Login), cancel);
        if (factor?.ConfirmedAt is not null)
        {
            await TakeBackAsync(database, account, cancel);
            return new(SignInOutcome.CodeNeeded, account.Area, account.Login, account.Stamp);
        }

        return await BeginAsync(database, account, new(SignInOutcome.Accepted, account.Area, account.Login, account.Stamp), cancel);
    }

    /// <summary>Notes that a session begins for which nothing more is needed.</summary>
    internal static async Task<SignedIn> BeginAsync(
        Database database, AccountRow account, SignedIn session, CancellationToken cancel)
    {
        await Act.DoAsync(database, account.Area, new(account.Login, session.Reason), "account.signed_in", async act =>
        {
            await AcceptAsync(act, account, newStamp: false, cancel);
            act.Record("account", account.Login, "signed_in", new { account.SignedInAt }, new { SignedInAt = act.At });
        }, cancel);
        return session with { Outcome = SignInOutcome.Accepted };
    }

    /// <summary>Whether a password is that of somebody who is signed in; a wrong one counts as at the sign-in.</summary>
    internal static async Task<bool> IsPasswordAsync(Database database, Viewer viewer, string password, CancellationToken cancel) =>
        (await TryAsync(database, viewer.Login, password, cancel)).Outcome is SignInOutcome.Accepted or SignInOutcome.CodeNeeded;

    /// <summary>Whoever a session belongs to; null where it has ended.</summary>
    public static async Task<Viewer?> FindAsync(
        Database database, int area, string login, long stamp, CancellationToken cancel = default)
    {
        var found = await database.ReadAsync(
            session =>
                (from account in session.Table<AccountRow>()
                 where account.Area == area && account.Login == login && account.Stamp == stamp && !account.Disabled
                 join unit in session.Table<UnitRow>().Where(unit => unit.Area == area) on account.Unit equals unit.Code
                 join place in session.Table<AreaRow>() on account.Area equals place.Code
                 select new
                 {
                     account,
                     unit,
                     place,
                     Has = session.Table<SecondFactorRow>()
                         .Any(row => row.Area == area && row.Login == login && row.ConfirmedAt != null),
                     Asked = session.Table<AccessRuleRow>()
                         .Any(row => row.Area == area && row.Name == SecondFactors.Rule && row.Asked),
                 }).SingleOrDefaultAsync(cancel),
            cancel);
        if (found is null)
            return null;
        var (person, role) = (found.account, AccountRules.RoleOf(found.account));
        return new(person.Login, person.Name, role, person.Area, found.unit.Code, found.unit.Path, person.Department)
        {
            AreaName = found.place.Name,
            UnitName = found.unit.Name,
            MustChange = person.MustChange,
            HasFactor = found.Has,
            FactorDemanded = found.Asked && SecondFactors.Demanded.Contains(role),
        };
    }

    /// <summary>
    /// Counts the attempt before its password or code is looked at, so that many at once get no more attempts than one after
    /// another. Null where the login is not there or is locked.
    /// </summary>
    internal static Task<AccountRow?> CountAsync(Database database, string login, CancellationToken cancel) => database.WriteAsync(
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

    /// <summary>Begins the count of attempts anew and notes the sign-in, within a deed.</summary>
    /// <returns>The account's stamp.</returns>
    internal static async Task<long> AcceptAsync(Act act, AccountRow counted, bool newStamp, CancellationToken cancel)
    {
        var (area, login, stamp) = (counted.Area, counted.Login, newStamp ? act.Id : counted.Stamp);
        await act.Session.Table<AccountRow>()
            .Where(row => row.Area == area && row.Login == login)
            .Set(row => row.Failures, 0)
            .Set(row => row.LockedUntil, (DateTimeOffset?)null)
            .Set(row => row.SignedInAt, act.At)
            .Set(row => row.Stamp, stamp)
            .UpdateAsync(cancel);
        return stamp;
    }

    internal static Task TellFailedAsync(Database database, AccountRow counted, CancellationToken cancel) => Act.DoAsync(
        database,
        counted.Area,
        new(counted.Login, "登录"),
        "account.sign_in_failed",
        act =>
        {
            act.Record("account", counted.Login, "sign_in_failed", null, new { counted.Failures, counted.LockedUntil });
            return Task.CompletedTask;
        },
        cancel);

    /// <summary>
    /// A right password before a code counts neither as a failure nor as a success: else whoever has the password could try codes without
    /// end, or its owner be locked out by signing in.
    /// </summary>
    static async Task TakeBackAsync(Database database, AccountRow counted, CancellationToken cancel)
    {
        var (area, login) = (counted.Area, counted.Login);
        await database.WriteAsync(
            session => session.Table<AccountRow>()
                .Where(row => row.Area == area && row.Login == login && row.Failures > 0)
                .Set(row => row.Failures, row => row.Failures - 1)
                .Set(row => row.LockedUntil, row => row.Failures - 1 < Attempts ? null : row.LockedUntil)
                .UpdateAsync(cancel),
            cancel);
    }
}
