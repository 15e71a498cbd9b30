using System.Data.Common;
using LinqToDB.Interceptors;

namespace Canbao.Storage.Engines;

/// <summary>Remembers the first statement that failed, and shows statements to a test.</summary>
sealed class StatementWatch(Action<string>? statements) : CommandInterceptor, IExceptionInterceptor
{
    /// <summary>The first fault; null while all went well.</summary>
    public Exception? Failed { get; private set; }

    public override DbCommand CommandInitialized(CommandEventData eventData, DbCommand command)
    {
        statements?.Invoke(command.CommandText);
        return command;
    }

    public void ProcessException(ExceptionEventData eventData, Exception exception) => Failed ??= exception;
}
