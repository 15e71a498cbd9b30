using System.Text;
using Canbao.Core.Files;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Canbao.Web.Pieces;

/// <summary>
/// Answers a page that was asked for as a workbook (<see cref="OfficePage.WantsExcel"/>) with its lists: it is made as ever, so that nobody
/// gets what they do not see, and what is masked stays so. A page that has no list, or refuses something, is shown as it is.
/// </summary>
sealed class ExcelFilter : IAsyncResultFilter, IDisposable
{
    /// <summary>A long list takes some ten megabytes on its way; so many are made at once.</summary>
    const int AtOnce = 2;

    readonly SemaphoreSlim places = new(AtOnce);

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context is { Controller: OfficePage { WantsExcel: true, ModelState.IsValid: true } page, Result: PageResult })
            await AnswerAsync(context, next, page);
        else
            await next();
    }

    public void Dispose() => places.Dispose();

    async Task AnswerAsync(ResultExecutingContext context, ResultExecutionDelegate next, OfficePage page)
    {
        var response = context.HttpContext.Response;
        await places.WaitAsync(context.HttpContext.RequestAborted);
        try
        {
            using var html = new MemoryStream();
            var browser = response.Body;
            response.Body = html;
            ResultExecutedContext done;
            try
            {
                done = await next();
            }
            finally
            {
                response.Body = browser;
            }

            if (done.Exception is not null)
                return;
            var title = page.ViewData["Title"] as string ?? "表";
            var sheets = PageTables.Read(Encoding.UTF8.GetString(html.GetBuffer().AsSpan(0, (int)html.Length)), title);
            if (sheets.Count == 0)
            {
                await browser.WriteAsync(html.GetBuffer().AsMemory(0, (int)html.Length), context.HttpContext.RequestAborted);
                return;
            }

            using var content = new MemoryStream();
            ListWorkbook.Write(content, sheets);
            await page.Download(content, FileName(title, page.Today)).ExecuteResultAsync(context);
        }
        finally
        {
            places.Release();
        }
    }

    static string FileName(string title, DateOnly day) =>
        $"{new string([.. title.Select(letter => "\\/:*?\"<>|".Contains(letter) ? '-' : letter)])}-{day:yyyyMMdd}.xlsx";
}
