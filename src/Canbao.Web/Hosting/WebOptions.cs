using Canbao.Core.Assessment.Dues;
using Canbao.Core.Secrets;
using Canbao.Storage;

namespace Canbao.Web.Hosting;

/// <summary>What a web server works with.</summary>
/// <param name="Database">The database; it keeps everything, so that any number of servers can answer.</param>
/// <param name="Vault">Opens what is sealed in it.</param>
/// <param name="Shelf">The packs.</param>
/// <param name="Clock">Gives the business day.</param>
/// <param name="Urls">Where to listen, such as <c>http://127.0.0.1:5080</c>; separated by semicolons.</param>
public sealed record WebOptions(Database Database, Vault Vault, PackShelf Shelf, TimeProvider Clock, string Urls)
{
    /// <summary>The day that the clock takes for today in practice; null in earnest. Every page says so.</summary>
    public DateOnly? PracticeDay { get; init; }

    /// <summary>The rows that a list in parts gives into a workbook at most.</summary>
    public int MostInExcel { get; init; } = 10_000;

    /// <summary>
    /// The true time where <see cref="Clock"/> is that of practice: authenticator programs go by it. The same as the clock where left out.
    /// </summary>
    public TimeProvider? TrueClock { get; init; }

    /// <summary>Where traces and metrics go, by OTLP over HTTP; nowhere where left out.</summary>
    public string? Telemetry { get; init; }

    /// <summary>Who vouches for people beside their passwords; nobody where left out, and then no page tells of it.</summary>
    public IdentityProvider? Provider { get; init; }

    /// <summary>How long a page waits for work to end before it leaves it to go on behind the pages.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many pages are made at once; each may hold an upload in memory.</summary>
    public int MostAtOnce { get; init; } = 64;

    /// <summary>How many more requests for pages wait, before others are sent away with 503.</summary>
    public int MostWaiting { get; init; } = 128;

    /// <summary>The folder of all partners with which files are exchanged every minute; null where this server does not.</summary>
    public string? ExchangeFolder { get; init; }
}
