using Canbao.Core.Access;
using Canbao.Core.Work.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Long work: how far it is, how long it still takes, and what came of it. Asks for itself again while it goes on.</summary>
sealed class JobModel(Jobs jobs, JobKinds kinds, TimeProvider clock) : JobPage(kinds)
{
    const string Seconds = "2";

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Whether the page stays as it is until it is asked for again.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Still { get; set; }

    public JobView Found { get; private set; } = null!;

    public JobRow Job => Found.Job;

    /// <summary>How long it has taken, or took.</summary>
    public TimeSpan Took => (Found.End?.EndedAt ?? clock.GetUtcNow()) - Job.BegunAt;

    /// <summary>How long it still takes; null where that cannot be told.</summary>
    public TimeSpan? Left => Found.Left(clock.GetUtcNow());

    /// <summary>Whether the viewer may stop it.</summary>
    public bool MayStop => Job.Account == Viewer.Login || (SeesAll && Viewer.Role == Role.Bureau);

    public void OnGet()
    {
        // A header rather than a script; the page has a link that ends it.
        if (Found.End is null && !Still)
            Response.Headers["Refresh"] = Seconds;
    }

    public async Task<IActionResult> OnGetFileAsync()
    {
        var (name, content) = await Database.ReadAsync(session => JobStore.FileAsync(session, Viewer.Area, Id), Cancel);
        return name.Length == 0 ? NotFound() : Download(new(content), name);
    }

    public async Task<IActionResult> OnPostStopAsync()
    {
        if (!MayStop)
            return NotFound();
        await jobs.StopAsync(Viewer.Area, Id);
        return Done($"/jobs/{Id}", "已要求停止，做到能停的地方就停");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (await jobs.FindAsync(Viewer.Area, Id, Cancel) is not { } found || (found.Job.Account != Viewer.Login && !SeesAll))
            return false;
        Found = found;
        return true;
    }
}
