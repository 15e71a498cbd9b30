using Canbao.Core.Units;
using Canbao.Core.Work.Residents;
using Canbao.Storage;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Canbao.Web.Pieces;

/// <summary>
/// What every page of residents has: who looked up, and what they see. Who has not looked up, or too long ago, is led to the look-up. A
/// handler that throws a <see cref="RefusedException"/> shows the page again with its text.
/// </summary>
public abstract class ResidentPage : PageModel
{
    const string SaidKey = "said";

    /// <summary>Who looked up; null on pages that show something to everybody.</summary>
    public LookedUp? Who { get; private set; }

    /// <summary>What they see of the chosen year; null where nobody looked up.</summary>
    public ResidentFile? Seen { get; private set; }

    /// <summary>The areas of this installation.</summary>
    public IReadOnlyList<AreaRow> Areas { get; private set; } = [];

    /// <summary>The business day.</summary>
    public DateOnly Today => BusinessDay.Of(Now);

    /// <summary>The years that are open.</summary>
    public OpenYears Years => OpenYears.On(Today);

    /// <summary>The year that the page is about.</summary>
    public InsuranceYear Year => Years.Chosen(Request.Query["year"]);

    /// <summary>What the page before has to say, once.</summary>
    public string? Said => TempData[SaidKey] as string;

    /// <summary>The moment.</summary>
    public DateTimeOffset Now => Service<TimeProvider>().GetUtcNow();

    /// <summary>Whether somebody who has not looked up sees something here.</summary>
    protected virtual bool IsForEverybody => false;

    /// <summary>The database.</summary>
    protected Database Database => Service<Database>();

    /// <summary>Ends work that nobody waits for any more.</summary>
    protected CancellationToken Cancel => HttpContext.RequestAborted;

    /// <summary>An address that keeps the chosen year.</summary>
    public string Link(string path, InsuranceYear? year = null) =>
        (year ?? Year) == Years.Later ? path : QueryHelpers.AddQueryString(path, "year", $"{year ?? Year}");

    /// <inheritdoc/>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Who = Service<ResidentSessions>().Read(HttpContext);
        if (Who is { } who)
            Seen = await Database.ReadAsync(
                session => Service<ResidentDesk>().ReadAsync(session, who.Area, who.PersonId, Year, Today), Cancel);
        Areas = Seen?.Areas ?? await AreasAsync();
        if (Seen is null)
            Who = null;
        if (Seen is null && !IsForEverybody)
        {
            context.Result = Redirect(Routes.My);
            return;
        }

        if (!await LoadAsync())
        {
            context.Result = NotFound();
            return;
        }

        var done = await next();
        if (done.Exception is not RefusedException refused)
            return;
        ModelState.AddModelError("", $"{refused.Message}（{refused.Code}）");
        done.ExceptionHandled = true;
        done.Result = Page();
    }

    /// <summary>Reads what the page shows besides, before any handler. False: it is not there, or not for whoever looked up.</summary>
    protected virtual Task<bool> LoadAsync() => Task.FromResult(true);

    /// <summary>The areas, where nobody looked up.</summary>
    protected virtual async ValueTask<IReadOnlyList<AreaRow>> AreasAsync() => await Service<KnownAreas>().ReadAsync(Cancel);

    /// <summary>Nobody looked up any more, on this page and in this browser.</summary>
    protected void Forget()
    {
        ResidentSessions.End(HttpContext);
        (Who, Seen) = (null, null);
    }

    /// <summary>After a deed: goes on to a page, which says what was done.</summary>
    protected IActionResult Done(string path, string said)
    {
        TempData[SaidKey] = said;
        return LocalRedirect(path);
    }

    /// <summary>A service.</summary>
    protected T Service<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();
}
