using System.Security.Cryptography;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Access;

/// <summary>
/// The second factor of an account: a code of an authenticator program after the password. Secrets are sealed, codes are taken once, and
/// wrong ones count towards the lock of the account as wrong passwords do.
/// </summary>
/// <param name="vault">Seals secrets and hashes recovery codes.</param>
/// <param name="clock">The true time, by which the programs go also where the business day is another in practice.</param>
public sealed class SecondFactors(Vault vault, TimeProvider clock)
{
    /// <summary>How many recovery codes somebody gets.</summary>
    public const int RecoveryCodes = 10;

    /// <summary>The rule that the roles of <see cref="Demanded"/> cannot work without one.</summary>
    public const string Rule = "second_factor";

    const string Purpose = "second_factor";
    const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const int RecoveryLetters = 10;

    /// <summary>The roles that cannot work without one where the area asks for it.</summary>
    public static IReadOnlyList<Role> Demanded { get; } = [Role.Bureau, Role.Tax, Role.Finance, Role.Administrator];

    /// <summary>The second factor of an account; null where it never began one.</summary>
    public static Task<SecondFactorRow?> FindAsync(Session session, int area, string login) =>
        session.Table<SecondFactorRow>().SingleOrDefaultAsync(row => row.Area == area && row.Login == login);

    /// <summary>How many recovery codes of an account are still good.</summary>
    public static Task<int> GoodCodesAsync(Session session, int area, string login) =>
        session.Table<RecoveryCodeRow>().CountAsync(row => row.Area == area && row.Login == login && row.UsedAt == null);

    /// <summary>Whether an area asks for it.</summary>
    public static Task<bool> IsDemandedAsync(Session session, int area) =>
        session.Table<AccessRuleRow>().AnyAsync(row => row.Area == area && row.Name == Rule && row.Asked);

    /// <summary>Makes a secret for an authenticator program; it is asked for only when it is confirmed.</summary>
    /// <exception cref="RefusedException">L108: the password is another. L122: there is one already.</exception>
    public async Task BeginAsync(Database database, Viewer viewer, string password, CancellationToken cancel = default)
    {
        if (!await Sessions.IsPasswordAsync(database, viewer, password, cancel))
            throw new RefusedException("L108", "现在的密码不对；请重新输入");
        await Act.DoAsync(database, viewer.Area, new(viewer.Login, "本人启用动态验证码"), "account.factor_begun", async act =>
        {
            var old = await FindAsync(act.Session, act.Area, viewer.Login);
            if (old?.ConfirmedAt is not null)
                throw new RefusedException("L122", "动态验证码已经启用；要换一个，请先停用");
            var salt = Vault.NewSalt();
            await act.Session.Data.InsertOrReplaceAsync(
                new SecondFactorRow
                {
                    Area = act.Area,
                    Login = viewer.Login,
                    Salt = salt,
                    Sealed = vault.Seal(salt, Purpose, RandomNumberGenerator.GetBytes(TimedCodes.SecretBytes)),
                    ActId = act.Id,
                },
                token: cancel);
            act.Record("account", viewer.Login, "factor_begun", null, new { Session = act.Id });
        }, cancel);
    }

    /// <summary>The secret that waits for its confirmation; null where none does.</summary>
    public async Task<byte[]?> WaitingAsync(Session session, Viewer viewer) =>
        await FindAsync(session, viewer.Area, viewer.Login) is { ConfirmedAt: null, LastStep: 0 } row
            ? vault.Open(row.Salt, Purpose, row.Sealed)
            : null;

    /// <summary>Takes the first code, from when on one is asked for; other sessions of the account end.</summary>
    /// <returns>The recovery codes, shown once, and the session that goes on.</returns>
    /// <exception cref="RefusedException">L123: nothing waits. L124: the code is wrong, which counts as a wrong password does.</exception>
    public async Task<(IReadOnlyList<string> Codes, SignedIn Session)> ConfirmAsync(
        Database database, Viewer viewer, string code, CancellationToken cancel = default)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Letters, RecoveryLetters)).ToList();
        var stamp = await CountedAsync(database, (viewer.Area, viewer.Login), new(viewer.Login, "本人启用动态验证码"), "factor_on", async act =>
        {
            if (await WaitingAsync(act.Session, viewer) is not { } secret)
                throw new RefusedException("L123", "没有等待确认的动态验证码；请从头再来");
            if (TimedCodes.Find(secret, Plain(code), clock.GetUtcNow(), 0) is not { } step)
                return false;
            await act.Session.Table<SecondFactorRow>().Where(row => row.Area == act.Area && row.Login == viewer.Login)
                .Set(row => row.LastStep, step).Set(row => row.ConfirmedAt, act.At).UpdateAsync(cancel);
            var rows = codes.Select((text, index) => new RecoveryCodeRow
            {
                Area = act.Area,
                Login = viewer.Login,
                Number = index + 1,
                Hash = HashOf(viewer.Login, text),
            });
            await act.Session.BulkWriteAsync([.. rows], OnConflict.Update);
            return true;
        }, cancel) ?? throw Wrong();
        var shown = codes.Select(text => $"{text[..(RecoveryLetters / 2)]}-{text[(RecoveryLetters / 2)..]}");
        return ([.. shown], new(SignInOutcome.Accepted, viewer.Area, viewer.Login, stamp));
    }

    /// <summary>The second step of signing in.</summary>
    /// <param name="database">Where.</param>
    /// <param name="first">What the password or the identity provider gave, with <see cref="SignInOutcome.CodeNeeded"/>.</param>
    /// <param name="code">A code of the program, or a recovery code.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <returns>Accepted, or refused: a wrong or used code, a locked or closed account, or a session that has ended meanwhile.</returns>
    public async Task<SignedIn> TryAsync(Database database, SignedIn first, string code, CancellationToken cancel = default)
    {
        var (area, login) = (first.Area, first.Login);
        var stamp = await CountedAsync(
            database, (area, login), new(login, first.Reason), "signed_in", act => TakeAsync(act, login, code, cancel), cancel);
        return stamp == first.Stamp ? first with { Outcome = SignInOutcome.Accepted } : new(SignInOutcome.Refused);
    }

    /// <summary>Takes one's own second factor away again; gives the session that goes on.</summary>
    /// <exception cref="RefusedException">L124: the code is wrong. L125: the area asks for one.</exception>
    public async Task<SignedIn> EndAsync(Database database, Viewer viewer, string code, CancellationToken cancel = default)
    {
        if (viewer.FactorDemanded)
            throw new RefusedException("L125", "本地区要求您的岗位使用动态验证码，不能停用；手机丢失请找账号管理员重置");
        var stamp = await CountedAsync(
            database, (viewer.Area, viewer.Login), new(viewer.Login, "本人停用动态验证码"), "factor_off",
            async act =>
            {
                if (!await TakeAsync(act, viewer.Login, code, cancel))
                    return false;
                await VoidAsync(act, viewer.Login, cancel);
                return true;
            },
            cancel) ?? throw Wrong();
        return new(SignInOutcome.Accepted, viewer.Area, viewer.Login, stamp);
    }

    /// <summary>Voids the secret and the recovery codes of an account within a deed.</summary>
    internal static async Task VoidAsync(Act act, string login, CancellationToken cancel)
    {
        // What is kept opens nothing any more; last_step tells it from a secret that waits.
        await act.Session.Table<SecondFactorRow>().Where(row => row.Area == act.Area && row.Login == login)
            .Set(row => row.ConfirmedAt, (DateTimeOffset?)null).Set(row => row.LastStep, long.MaxValue).UpdateAsync(cancel);
        await act.Session.Table<RecoveryCodeRow>().Where(row => row.Area == act.Area && row.Login == login && row.UsedAt == null)
            .Set(row => row.UsedAt, act.At).UpdateAsync(cancel);
    }

    /// <summary>Whether a code fits, which it does not a second time.</summary>
    async Task<bool> TakeAsync(Act act, string login, string code, CancellationToken cancel)
    {
        if (await FindAsync(act.Session, act.Area, login) is not { ConfirmedAt: not null } row)
            return false;
        var (plain, area) = (Plain(code), act.Area);
        if (plain.Length != RecoveryLetters)
        {
            if (TimedCodes.Find(vault.Open(row.Salt, Purpose, row.Sealed), plain, clock.GetUtcNow(), row.LastStep) is not { } step)
                return false;
            await act.Session.Table<SecondFactorRow>().Where(each => each.Area == area && each.Login == login)
                .Set(each => each.LastStep, step).UpdateAsync(cancel);
            return true;
        }

        var hash = HashOf(login, plain);
        int used = await act.Session.Table<RecoveryCodeRow>()
            .Where(each => each.Area == area && each.Login == login && each.UsedAt == null && each.Hash == hash)
            .Set(each => each.UsedAt, act.At).UpdateAsync(cancel);
        if (used > 0)
            act.Record("account", login, "recovery_used", null, new { Used = used });
        return used > 0;
    }

    /// <summary>
    /// Counts an attempt, tries it, and where it succeeds begins the count anew; null where it is refused. What ends sessions gets a new
    /// stamp; the account's is given.
    /// </summary>
    static async Task<long?> CountedAsync(
        Database database, (int Area, string Login) of, Doer doer, string action, Func<Act, Task<bool>> work, CancellationToken cancel)
    {
        if (await Sessions.CountAsync(database, of.Login, cancel) is not { Disabled: false } counted || counted.Area != of.Area)
            return null;
        var stamp = await Act.DoAsync(database, of.Area, doer, $"account.{action}", async act =>
        {
            if (!await work(act))
                return (long?)null;
            var now = await Sessions.AcceptAsync(act, counted, newStamp: action != "signed_in", cancel);
            act.Record("account", of.Login, action, new { counted.SignedInAt }, new { SignedInAt = act.At });
            return now;
        }, cancel);
        if (stamp is null)
            await Sessions.TellFailedAsync(database, counted, cancel);
        return stamp;
    }

    static RefusedException Wrong() => new(
        "L124", "验证码不对或已经用过；请等手机上显示下一个再输入，并核对手机的时间。连续输错会锁定账号");

    byte[] HashOf(string login, string code) => vault.Hash($"recovery {login} {code}");

    /// <summary>As people type it.</summary>
    static string Plain(string code) => string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
}
