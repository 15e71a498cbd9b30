using System.Data.Common;
using System.Runtime.CompilerServices;
using LinqToDB.Data;
using LinqToDB.Interceptors;

namespace Canbao.Storage.Engines;

/// <summary>
/// Remembers the first statement of each unit of work that failed, and shows statements to a test. One for all units: linq2db tells
/// connections, and so their compiled queries, apart by their listeners, and keeps every listener it ever saw.
/// </summary>
sealed class StatementWatch(Action<string>? statements) : CommandInterceptor
{
    readonly ConditionalWeakTable<DataConnection, Exception> failed = [];

    /// <summary>The first fault of a unit; null while all went well.</summary>
    public Exception? Failed(DataConnection unit) => failed.TryGetValue(unit, out var fault) ? fault : null;

    public override DbCommand CommandInitialized(CommandEventData eventData, DbCommand command)
    {
        statements?.Invoke(command.CommandText);
        return command;
    }

    /// <summary>Takes linq2db's trace, which is the one place where it tells of every fault.</summary>
    public void Trace(TraceInfo step)
    {
        if (step is { TraceInfoStep: TraceInfoStep.Error, Exception: { } fault })
            failed.TryAdd(step.DataConnection, fault);
    }
}
