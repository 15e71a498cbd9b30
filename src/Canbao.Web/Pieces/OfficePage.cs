using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Secrets;
using Canbao.Core.Work.Jobs;
using Canbao.Storage;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Canbao.Web.Pieces;

/// <summary>
/// What every page behind the sign-in has: who looks, the chosen year, the database. A handler that throws a
/// <see cref="RefusedException"/> or <see cref="TableFileException"/> shows the page again with its text, and nothing has been stored.
/// </summary>
public abstract class OfficePage : PageModel
{
    const string SaidKey = "said", ExcelKey = "excel", ExcelAsked = "1";

    /// <summary>Who looks.</summary>
    public Viewer Viewer => HttpContext.Features.GetRequiredFeature<Viewer>();

    /// <summary>The business day.</summary>
    public DateOnly Today => BusinessDay.Of(Service<TimeProvider>().GetUtcNow());

    /// <summary>The years that are open.</summary>
    public OpenYears Years => OpenYears.On(Today);

    /// <summary>The year that the page is about.</summary>
    public InsuranceYear Year => Years.Chosen(Request.Query["year"]);

    /// <summary>What the page before has to say, once.</summary>
    public string? Said => TempData[SaidKey] as string;

    /// <summary>
    /// Whether the page's lists were asked for as a workbook (<see cref="ExcelFilter"/>): by the address, or by the button
    /// <c>excel</c> of a form whose answer is a list.
    /// </summary>
    public bool WantsExcel => OffersExcel
        && (HttpMethods.IsGet(Request.Method) ? Request.Query[ExcelKey] : Request.HasFormContentType ? Request.Form[ExcelKey] : "")
            == ExcelAsked;

    /// <summary>
    /// Where the lists of the page that is shown come as a workbook, all that was asked for in one; null where it has no list with rows.
    /// What a form found has no address.
    /// </summary>
    public string? ExcelAddress
    {
        get
        {
            if (!OffersExcel || !HttpMethods.IsGet(Request.Method) || !ListTagHelper.IsOn(HttpContext))
                return null;
            var query = QueryHelpers.ParseQuery(Request.QueryString.Value);
            query.Remove(PagerTagHelper.Key);
            query[ExcelKey] = ExcelAsked;
            return QueryHelpers.AddQueryString(Request.Path, query);
        }
    }

    /// <summary>The address with what the viewer chose here last; null where nothing is to be offered.</summary>
    public string? LastFiltered { get; private set; }

    /// <summary>What the page's list is narrowed down by and may be offered again: names of choices, never of what is typed.</summary>
    protected virtual IReadOnlyCollection<string> Filters => [];

    /// <summary>Whether the frame offers the page's lists as a workbook; false where the page gives a file of its own.</summary>
    protected virtual bool OffersExcel => true;

    /// <summary>Rows of a list that is shown in parts.</summary>
    protected virtual int ScreenRows => 50;

    /// <summary>Rows of a part of a list, which is larger in a workbook.</summary>
    protected int PageSize => WantsExcel ? Service<WebOptions>().MostInExcel : ScreenRows;

    /// <summary>The database.</summary>
    protected Database Database => Service<Database>();

    /// <summary>Opens what is sealed.</summary>
    protected Vault Vault => Service<Vault>();

    /// <summary>Ends work that nobody waits for any more.</summary>
    protected CancellationToken Cancel => HttpContext.RequestAborted;

    /// <summary>An address that keeps the chosen year.</summary>
    /// <param name="path">The path.</param>
    /// <param name="query">What follows it, such as the handler of a form.</param>
    public string Link(string path, params (string Name, string Value)[] query)
    {
        var all = query.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value));
        return QueryHelpers.AddQueryString(path, Year == Years.Later ? all : all.Append(new("year", $"{Year}")));
    }

    /// <summary>The address of this page for another year, with its search.</summary>
    public string ForYear(InsuranceYear year)
    {
        var query = QueryHelpers.ParseQuery(Request.QueryString.Value);
        query.Remove("handler");
        query["year"] = $"{year}";
        return QueryHelpers.AddQueryString(Request.Path, query);
    }

    /// <inheritdoc/>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!await LoadAsync())
        {
            context.Result = NotFound();
            return;
        }

        if (Filters.Count > 0 && HttpMethods.IsGet(Request.Method)
            && Service<LastFilters>().Follow(HttpContext, Viewer.Login, Filters) is { } last)
            LastFiltered = Link(Request.Path, last);
        var done = await next();
        if (done.Exception is null || !Tell(done.Exception))
            return;
        done.ExceptionHandled = true;
        await AgainAsync();
        done.Result = Page();
    }

    /// <summary>Reads what the page shows besides, where a handler was refused.</summary>
    protected virtual Task AgainAsync() => Task.CompletedTask;

    /// <summary>Puts a refusal on the page; false for what is none.</summary>
    protected bool Tell(Exception fault)
    {
        var (text, code) = fault switch
        {
            RefusedException refused => (refused.Message, refused.Code),
            TableFileException unreadable => (unreadable.Message, unreadable.Code),
            _ => ("", ""),
        };
        if (code.Length == 0)
            return false;
        ModelState.AddModelError("", $"{text}（{code}）");
        return true;
    }

    /// <summary>
    /// Reads what the page shows, before any handler. False: it is not there or not in the viewer's scope, and is not found.
    /// </summary>
    protected virtual Task<bool> LoadAsync() => Task.FromResult(true);

    /// <summary>Who does something on this page and why.</summary>
    protected Doer Doer(string reason) => new(Viewer.Login, reason);

    /// <summary>After a deed: goes on to a page, which says what was done.</summary>
    protected IActionResult Done(string path, string said, params (string Name, string Value)[] query)
    {
        TempData[SaidKey] = said;
        return LocalRedirect(Link(path, query));
    }

    /// <summary>
    /// Has work done that may take long. Where it is quick, goes on as after any deed; where it is not, shows how far it is, and it goes on
    /// though the page is closed.
    /// </summary>
    /// <param name="kind">What kind of work.</param>
    /// <param name="order">What exactly.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="RefusedException">As the work itself refuses, where it is quick.</exception>
    protected async Task<IActionResult> HaveDoneAsync<T>(Func<JobKinds, JobKind<T>> kind, T order, string reason)
        where T : notnull
    {
        var jobs = Service<Jobs>();
        var (id, running) = await jobs.AskAsync(Viewer, kind(Service<JobKinds>()), order, reason);
        if (running is not null)
            await Task.WhenAny(running, Task.Delay(Service<WebOptions>().Patience, Cancel));
        switch ((await jobs.FindAsync(Viewer.Area, id, Cancel))?.End)
        {
            case { State: JobEndRow.Refused } refused:
                throw new RefusedException(refused.Code, refused.Told);
            case { State: JobEndRow.Done, FileName: "" } end:
                TempData[SaidKey] = end.Told;
                return LocalRedirect(end.Page.Contains('?', StringComparison.Ordinal) ? end.Page : Link(end.Page));
            default:
                return LocalRedirect(Link($"/jobs/{id}"));
        }
    }

    /// <summary>A table that was made for this request, to be kept by the browser under a name.</summary>
    protected internal FileContentResult Download(MemoryStream content, string name) => File(
        content.ToArray(),
        name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
            ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8",
        name);

    T Service<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();
}
