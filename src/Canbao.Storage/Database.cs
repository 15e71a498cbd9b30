using Canbao.Storage.Engines;
using Canbao.Storage.Faults;
using LinqToDB.Common;

namespace Canbao.Storage;

/// <summary>
/// One database, reached by units of work: each is one transaction that is stored whole or not at all. Safe for use by many threads.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a row that is there already is taken for a rival's, which the unit's snapshot did not show.</summary>
    const int MostHidden = 3;

    readonly DatabaseOptions options;

    // A column is as nullable as its property: "or it is null", asked of what never is, keeps a database from its indexes.
    static Database() => Configuration.UseNullableTypesMetadata = true;

    Database(Driver driver, TimeProvider clock, DatabaseOptions options)
    {
        Driver = driver;
        Clock = clock;
        this.options = options;
    }

    /// <summary>The engine that the connection text chose.</summary>
    public Engine Engine => Driver.Engine;

    internal Driver Driver { get; }

    internal TimeProvider Clock { get; }

    /// <summary>
    /// Chooses the engine by a connection text. Nothing is connected yet; a SQLite file is created by its first migration.
    /// </summary>
    /// <param name="connection">
    /// <c>sqlite:PATH</c>, or a <c>postgres://</c> address, or PostgreSQL's <c>Host=…;Database=…</c>.
    /// </param>
    /// <param name="clock">Times the waits between tries and the entries of applied migrations.</param>
    /// <param name="options">Limits; the defaults where left out.</param>
    /// <exception cref="StorageException">S101: it is none of these. The fault does not repeat it: it may hold a password.</exception>
    public static Database Open(string connection, TimeProvider clock, DatabaseOptions? options = null)
    {
        options ??= new();
        return new(Driver.For(connection, options), clock, options);
    }

    /// <summary>Reads from one snapshot: what others store meanwhile is not seen, and writing fails.</summary>
    /// <param name="work">The reads.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="StorageException">The database could not answer; see its code.</exception>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancel = default) =>
        RunAsync(Access.Read, work, false, cancel);

    /// <summary>
    /// Writes in one transaction, as if no other ran beside it. The work runs again where it lost against another write, also where a
    /// key is taken that it did not see, so it must do nothing outside the session that may not be repeated. Any exception undoes
    /// everything; one that is not the database's own passes through as it is and nothing is tried again.
    /// </summary>
    /// <param name="work">The reads and writes; its result is given when everything is stored.</param>
    /// <param name="cancel">Ends the work early, with nothing stored.</param>
    /// <exception cref="ConstraintException">S107: a constraint of the schema refused a row.</exception>
    /// <exception cref="OutcomeUnknownException">S106: it may or may not be stored; repeat it in a way that does no harm twice.</exception>
    /// <exception cref="StorageException">Nothing is stored; see its code.</exception>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancel = default) =>
        RunAsync(Access.Write, work, false, cancel);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Session, Task> work, CancellationToken cancel = default) => WriteAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancel);

    /// <summary>
    /// Does what <see cref="WriteAsync{T}"/> does and takes all of it back: what a change would do can be read off what it did. It counts
    /// as a writer while it runs: on SQLite others wait for it.
    /// </summary>
    /// <param name="work">The reads and writes; its result is given and nothing is stored.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="StorageException">As for a write but for what shows at the commit only.</exception>
    public Task<T> TrialAsync<T>(Func<Session, Task<T>> work, CancellationToken cancel = default) =>
        RunAsync(Access.Write, work, true, cancel);

    /// <summary>Closes the connections that are not in use.</summary>
    public ValueTask DisposeAsync() => Driver.DisposeAsync();

    internal async Task<T> RunAsync<T>(Access access, Func<Session, Task<T>> work, bool isTrial, CancellationToken cancel)
    {
        for (int attempt = 1, hidden = 0; ; attempt++)
        {
            try
            {
                return await TryAsync(access, work, isTrial, cancel);
            }
            catch (ConstraintException fault) when (
                fault.Kind == ConstraintKind.Unique && access == Access.Write && Engine == Engine.Postgres && hidden < MostHidden)
            {
                // SQLite has one writer, and no snapshot older than its writes.
                hidden++;
            }
            catch (StorageException fault) when (fault.Code == StorageCodes.Conflict && attempt < options.Tries)
            {
                await Task.Delay(WaitAfter(attempt), Clock, cancel);
            }
        }
    }

    /// <summary>A random part of a span that doubles from try to try, so that rivals do not meet again.</summary>
    static TimeSpan WaitAfter(int attempt)
    {
        var span = TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << Math.Min(attempt, 20), LongestWait.Ticks));
        return TimeSpan.FromMilliseconds(Math.Ceiling(Random.Shared.NextDouble() * span.TotalMilliseconds));
    }

    async Task<T> TryAsync<T>(Access access, Func<Session, Task<T>> work, bool isTrial, CancellationToken cancel)
    {
        bool committing = false;
        try
        {
            await using var unit = await Driver.BeginAsync(access, cancel);
            var (result, failed) = await InSessionAsync(unit, work);
            unit.WentWell = failed is null;
            if (access == Access.Read)
                return result;
            if (failed is not null)
                throw StorageCodes.Fault(StorageCodes.AlreadyFailed, failed);
            cancel.ThrowIfCancellationRequested();
            if (isTrial)
                return result;
            committing = true;
            unit.WentWell = false;
            // From here on it is stored or not, whoever still wants it: the token is not passed on.
            await Driver.CommitAsync(unit);
            unit.WentWell = true;
            return result;
        }
        catch (Exception fault) when (Driver.IsOwn(fault))
        {
            throw await Driver.TranslateAsync(fault, committing);
        }
    }

    async Task<(T Result, Exception? Failed)> InSessionAsync<T>(UnitOfWork unit, Func<Session, Task<T>> work)
    {
        await using var data = Driver.Connect(unit);
        var result = await work(new Session(Engine, data, Clock, options));
        return (result, Driver.Watch.Failed(data));
    }
}
