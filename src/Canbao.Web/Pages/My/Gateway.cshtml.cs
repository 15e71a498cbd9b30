using System.Globalization;
using Canbao.Core.Work.Residents;
using Canbao.Storage;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Canbao.Web.Pages;

/// <summary>
/// The sandbox gateway: plays the cashier of a bank for whoever has the address of an order, and tells the channels' desk like one.
/// </summary>
sealed class GatewayModel(Database database, PayDesk desk, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    public OrderFile Found { get; private set; } = null!;

    /// <summary>Whether the order can be confirmed.</summary>
    public bool IsOpen => Found.IsOpenAt(clock.GetUtcNow());

    /// <summary>Why people were not taken, by person.</summary>
    public IReadOnlyDictionary<long, string> Refused { get; private set; } = new Dictionary<long, string>();

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            Refused = await desk.ConfirmAsync(database, Found.Order.Area, Found.Order.Code, HttpContext.RequestAborted);
        }
        catch (RefusedException refused)
        {
            ModelState.AddModelError("", $"{refused.Message}（{refused.Code}）");
            return Page();
        }

        if (Refused.Count == 0)
            return LocalRedirect($"/gateway/{Code}");
        await FindAsync();
        return Page();
    }

    /// <inheritdoc/>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await FindAsync())
            await next();
        else
            context.Result = NotFound();
    }

    async Task<bool> FindAsync()
    {
        if (Code.Split('-') is not [var first, var code]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int area))
            return false;
        var found = await database.ReadAsync(session => PayDesk.FindAsync(session, area, code), HttpContext.RequestAborted);
        Found = found!;
        return found is not null;
    }
}
