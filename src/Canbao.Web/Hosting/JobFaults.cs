using Canbao.Storage.Faults;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>
/// Writes faults of work behind the pages to the log, under the number that its page shows, without the messages of exceptions, which may
/// quote a person's data.
/// </summary>
sealed partial class JobFaults(ILogger<JobFaults> log)
{
    public void Tell(long job, Exception fault) =>
        TellFault(job, Faults.Types(fault), (fault as StorageException)?.Code ?? "", fault.StackTrace ?? "");

    [LoggerMessage(LogLevel.Error, "Fault of job {Job}: {Types} {Code}\n{Stack}")]
    partial void TellFault(long job, string types, string code, string stack);
}
