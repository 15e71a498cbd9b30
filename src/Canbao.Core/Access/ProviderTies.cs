using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Access;

/// <summary>
/// Accounts that an administrator tied to a subject of the office's identity provider, who may sign in without a password. The provider
/// says who somebody is and nothing else: role, units, lock and second factor are the account's. Only the subject is asked for, which a
/// provider never gives to a second person; a user name or mail address may change hands.
/// </summary>
/// <param name="vault">Hashes subjects.</param>
public sealed class ProviderTies(Vault vault)
{
    /// <summary>The longest subject, in characters: that of OpenID Connect Core, 2.</summary>
    public const int LongestSubject = 255;

    /// <summary>The tie of an account; null where it has none.</summary>
    public static Task<ProviderTieRow?> FindAsync(Session session, int area, string login) =>
        session.Table<ProviderTieRow>().SingleOrDefaultAsync(row => row.Area == area && row.Login == login);

    /// <summary>Ties an account to a subject, which ends its sessions.</summary>
    /// <param name="database">Where.</param>
    /// <param name="viewer">Who does it.</param>
    /// <param name="login">The account.</param>
    /// <param name="who">The provider by its address, and its subject.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="RefusedException">
    /// L106: no such account within the viewer's scope. L111: no reason. L130: no subject. L131: the subject is tied to another account.
    /// L132: the account has a tie already.
    /// </exception>
    public Task TieAsync(
        Database database, Viewer viewer, string login, (string Provider, string Subject) who, string reason,
        CancellationToken cancel = default)
    {
        var subject = who.Subject.Trim();
        if (subject.Length is 0 or > LongestSubject)
            throw new RefusedException("L130", $"请填写本人在统一身份认证的标识，最多 {LongestSubject} 个字符");
        var hash = HashOf(who.Provider, subject);
        return Accounts.ChangeScopedAsync(
            database, viewer, login, reason, "tied", (row, act) => row with { Stamp = act.Id }, cancel, async act =>
            {
                if (await FindAsync(act.Session, act.Area, login) is not null)
                    throw new RefusedException("L132", $"账号“{login}”已经绑定统一身份认证；要换一个，请先解除");
                if (await act.Session.Table<ProviderTieRow>().AnyAsync(row => row.SubjectHash == hash, cancel))
                    throw new RefusedException("L131", "这个标识已经绑定别的账号；请核对，或先在那个账号上解除");
                await act.Session.Data.InsertAsync(
                    new ProviderTieRow { SubjectHash = hash, Area = act.Area, Login = login, TiedAt = act.At, ActId = act.Id },
                    token: cancel);
            });
    }

    /// <summary>Takes the tie of an account away, which ends its sessions.</summary>
    /// <exception cref="RefusedException">
    /// L106: no such account within the viewer's scope. L111: no reason. L133: it has no tie.
    /// </exception>
    public static Task UntieAsync(
        Database database, Viewer viewer, string login, string reason, CancellationToken cancel = default) =>
        Accounts.ChangeScopedAsync(
            database, viewer, login, reason, "untied", (row, act) => row with { Stamp = act.Id }, cancel, async act =>
            {
                var area = act.Area;
                if (await act.Session.Table<ProviderTieRow>().DeleteAsync(row => row.Area == area && row.Login == login, cancel) == 0)
                    throw new RefusedException("L133", $"账号“{login}”没有绑定统一身份认证");
            });

    /// <summary>Signs in whom the provider vouches for. Nothing is counted or stored unless a session begins.</summary>
    /// <param name="database">Where.</param>
    /// <param name="provider">The provider by its address.</param>
    /// <param name="subject">Its subject, vouched for.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <returns>
    /// Refused: no account is tied to the subject. Disabled, Locked: it is, and cannot be used. CodeNeeded: it has a second factor, which
    /// is asked for whatever the provider asked for.
    /// </returns>
    public async Task<SignedIn> TryAsync(Database database, string provider, string subject, CancellationToken cancel = default)
    {
        var hash = HashOf(provider, subject);
        var (account, isLocked, hasFactor) = await database.ReadAsync(async session =>
        {
            if (await session.Table<ProviderTieRow>().SingleOrDefaultAsync(row => row.SubjectHash == hash, cancel) is not { } tie)
                return (null, false, false);
            var (area, login) = (tie.Area, tie.Login);
            var found = await session.Table<AccountRow>().SingleAsync(row => row.Area == area && row.Login == login, cancel);
            var factor = await SecondFactors.FindAsync(session, area, login);
            return ((AccountRow?)found, found.LockedUntil > session.Now, factor?.ConfirmedAt is not null);
        }, cancel);
        if (account is null)
            return new(SignInOutcome.Refused);
        if (account.Disabled)
            return new(SignInOutcome.Disabled);
        if (isLocked)
            return new(SignInOutcome.Locked);
        var session = new SignedIn(SignInOutcome.CodeNeeded, account.Area, account.Login, account.Stamp) { ByProvider = true };
        return hasFactor ? session : await Sessions.BeginAsync(database, account, session, cancel);
    }

    byte[] HashOf(string provider, string subject) => vault.Hash($"provider {provider} {subject}");
}
