using System.Data.Common;
using LinqToDB.Data;
using LinqToDB.Interceptors;

namespace Canbao.Storage.Engines;

/// <summary>Remembers the first statement that failed, and shows statements to a test.</summary>
sealed class StatementWatch(Action<string>? statements) : CommandInterceptor
{
    /// <summary>The first fault; null while all went well.</summary>
    public Exception? Failed { get; private set; }

    public override DbCommand CommandInitialized(CommandEventData eventData, DbCommand command)
    {
        statements?.Invoke(command.CommandText);
        return command;
    }

    /// <summary>Takes linq2db's trace, which is the one place where it tells of every fault.</summary>
    public void Trace(TraceInfo step)
    {
        if (step.TraceInfoStep == TraceInfoStep.Error)
            Failed ??= step.Exception;
    }
}
