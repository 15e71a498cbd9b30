using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Canbao.Web.Pages;

/// <summary>Anybody who has a receipt in hand sees whether it is real.</summary>
sealed class ReceiptCheckModel(Database database, ReceiptDesk desk) : PageModel
{
    [BindProperty]
    public string Number { get; set; } = "";

    [BindProperty]
    public string Code { get; set; } = "";

    public CheckedReceipt? Found { get; private set; }

    public async Task OnPostAsync()
    {
        Found = await database.ReadAsync(session => desk.CheckAsync(session, Number, Code), HttpContext.RequestAborted);
        if (Found is null)
            ModelState.AddModelError("", "没有这张票据，或校验码不对；请对照票据重新输入，仍不对的请向街道反映。");
    }
}
