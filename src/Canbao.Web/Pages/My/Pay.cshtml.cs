using Canbao.Core.Events;
using Canbao.Core.Work.Residents;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Chooses for whom of the household to pay; where there is no gateway, says where else.</summary>
sealed class MyPayModel(ResidentDesk desk) : ResidentPage
{
    [BindProperty]
    public List<long> Chosen { get; set; } = [];

    public async Task<IActionResult> OnPostAsync()
    {
        var who = Who!.Value;
        var code = await Act.DoAsync(
            Database, who.Area, PayDesk.Resident, "resident.order",
            async act => await PayDesk.OrderAsync(
                act, (await desk.ReadAsync(act.Session, who.Area, who.PersonId, Year, act.Today))!, Year, Chosen),
            Cancel);
        return LocalRedirect($"/my/orders/{code}");
    }
}
