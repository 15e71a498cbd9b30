using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Residents;
using Canbao.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Canbao.Web.Pages;

/// <summary>Anybody who has a receipt or a certificate of cover in hand sees whether it is real.</summary>
sealed class ReceiptCheckModel(Database database, ReceiptDesk desk, CertificateDesk certificates) : PageModel
{
    [BindProperty]
    public string Number { get; set; } = "";

    [BindProperty]
    public string Code { get; set; } = "";

    public CheckedReceipt? Found { get; private set; }

    public Certificate? Certificate { get; private set; }

    public async Task OnPostAsync()
    {
        (Found, Certificate) = await database.ReadAsync(
            async session => (
                await desk.CheckAsync(session, Number, Code), await certificates.CheckAsync(session, Number, Code)),
            HttpContext.RequestAborted);
        if (Found is null && Certificate is null)
            ModelState.AddModelError(
                "", "没有这张票据，或校验码不对；请对照票据重新输入，仍不对的请向街道反映。参保证明出具以后待遇有变化的，也不能通过核验。");
    }
}
