using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Events;

/// <summary>Who does something and why.</summary>
/// <param name="Account">The account's login; the name of a program that works by itself begins with <c>@</c>.</param>
/// <param name="Reason">Why; never empty. Identity and phone numbers in it are hidden before it is kept (promise 8).</param>
public sealed record Doer(string Account, string Reason);

/// <summary>
/// One deed in one area: everything that it writes is stored in one transaction with who, when, why, old and new, or not at all. A deed
/// that changes nothing leaves no trace.
/// </summary>
public sealed class Act
{
    readonly Doer doer;
    readonly string kind;
    readonly List<ActChangeRow> changes = [];
    int stored;

    Act(Session session, int area, Doer doer, string kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(doer.Reason);
        this.doer = doer with { Reason = LongNumbers.Hidden(doer.Reason) };
        this.kind = kind;
        Session = session;
        Area = area;
        Id = session.NextId();
        At = session.Now;
        Today = BusinessDay.Of(At);
    }

    /// <summary>The transaction.</summary>
    public Session Session { get; }

    /// <summary>The tenant.</summary>
    public int Area { get; }

    /// <summary>Its identifier, which rows name that were written by it.</summary>
    public long Id { get; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The business day.</summary>
    public DateOnly Today { get; }

    /// <summary>Who.</summary>
    public string Account => doer.Account;

    /// <summary>Why.</summary>
    public string Reason => doer.Reason;

    /// <summary>Does a deed.</summary>
    /// <param name="database">Where.</param>
    /// <param name="area">In which area.</param>
    /// <param name="doer">Who and why.</param>
    /// <param name="kind">What kind of deed, such as <c>person.register</c>.</param>
    /// <param name="work">The deed; it may run again where it lost against another one.</param>
    /// <param name="cancel">Ends it early, with nothing stored.</param>
    /// <exception cref="Canbao.Storage.Faults.StorageException">Nothing is stored, or S106: unknown.</exception>
    public static Task<T> DoAsync<T>(
        Database database, int area, Doer doer, string kind, Func<Act, Task<T>> work, CancellationToken cancel = default) =>
        database.WriteAsync(session => RunAsync(session, area, doer, kind, work, cancel), cancel);

    /// <summary>Does a deed and takes it back: what it would do is read off what it did, and it leaves no trace.</summary>
    /// <inheritdoc cref="DoAsync{T}"/>
    public static Task<T> TryAsync<T>(
        Database database, int area, Doer doer, string kind, Func<Act, Task<T>> work, CancellationToken cancel = default) =>
        database.TrialAsync(session => RunAsync(session, area, doer, kind, work, cancel), cancel);

    /// <inheritdoc cref="DoAsync{T}"/>
    public static Task DoAsync(
        Database database, int area, Doer doer, string kind, Func<Act, Task> work, CancellationToken cancel = default) => DoAsync(
            database,
            area,
            doer,
            kind,
            async act =>
            {
                await work(act);
                return true;
            },
            cancel);

    /// <summary>Notes a change, keeping only the fields that differ; nothing where none does.</summary>
    /// <param name="subject">What kind of thing, such as <c>person</c>.</param>
    /// <param name="id">Which one.</param>
    /// <param name="action">What was done to it.</param>
    /// <param name="old">Its fields before; null where it was not there.</param>
    /// <param name="now">Its fields now; null where it is gone.</param>
    /// <returns>Whether anything differs.</returns>
    public bool Record(string subject, object id, string action, object? old, object? now)
    {
        if (FieldChange.Between(old, now) is not { } change)
            return false;
        changes.Add(new()
        {
            Area = Area,
            ActId = Id,
            ChangeNo = stored + changes.Count + 1,
            Subject = subject,
            SubjectId = FormattableString.Invariant($"{id}"),
            Action = action,
            Old = change.Old,
            New = change.New,
        });
        return true;
    }

    /// <summary>Stores what was noted up to now, so that a long deed need not keep it in memory.</summary>
    public async Task FlushAsync(CancellationToken cancel = default)
    {
        if (changes.Count == 0)
            return;
        var row = new ActRow
        {
            Area = Area,
            ActId = Id,
            At = At,
            Account = doer.Account,
            Kind = kind,
            Reason = doer.Reason,
            Changes = stored + changes.Count,
        };
        if (stored == 0)
            await Session.Data.InsertAsync(row, token: cancel);
        else
            await Session.Data.UpdateAsync(row, token: cancel);
        stored = row.Changes;
        await Session.WriteAsync(changes, cancel);
        changes.Clear();
    }

    static async Task<T> RunAsync<T>(
        Session session, int area, Doer doer, string kind, Func<Act, Task<T>> work, CancellationToken cancel)
    {
        var act = new Act(session, area, doer, kind);
        var result = await work(act);
        await act.FlushAsync(cancel);
        return result;
    }
}
