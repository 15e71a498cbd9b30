using Canbao.Core.Collection;
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
        {
            var issued = await database.ReadAsync(session => ReceiptDesk.IssuedAsync(session, Number), HttpContext.RequestAborted);
            ModelState.AddModelError("", issued switch
            {
                "" => "这个票据号已发给收款人离线使用，收款还没有上传；请过一两天再查，仍查不到的请向街道反映。",
                Bags.Refused => "这张离线票据没有入账，所收现金应退还本人；没有收到退款的，请向街道反映。",
                Bags.Void => "这张离线票据已在收款时作废。",
                _ => "没有这张票据，或校验码不对；请对照票据重新输入，仍不对的请向街道反映。参保证明出具以后待遇有变化的，也不能通过核验。",
            });
        }
    }
}
