using Canbao.Core.Residents;
using Canbao.Core.Work.Residents;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A resident types number and name, and sees what is owed, why, by when, and what is covered.</summary>
sealed class MyModel(ResidentDesk desk, ResidentSessions sessions) : ResidentPage
{
    [BindProperty]
    public int Area { get; set; }

    [BindProperty]
    public string Number { get; set; } = "";

    [BindProperty]
    public string Name { get; set; } = "";

    /// <summary>What the resident handed in.</summary>
    public IReadOnlyList<ApplicationRow> Applications { get; private set; } = [];

    /// <summary>Whether one can pay here.</summary>
    public bool CanPay { get; private set; }

    /// <summary>The channels where one can pay too.</summary>
    public IReadOnlyList<string> OtherChannels { get; private set; } = [];

    /// <inheritdoc/>
    protected override bool IsForEverybody => true;

    public async Task<IActionResult> OnPostAsync()
    {
        Forget();
        if (Areas.Count == 1)
            Area = Areas[0].Code;
        // What is wrong with a number by itself tells nothing of the register.
        if (!CitizenNumber.TryParse(Number, out var number, out var refusal))
            ModelState.AddModelError(nameof(Number), refusal.Text);
        if (Name.Trim().Length == 0)
            ModelState.AddModelError(nameof(Name), "请填写姓名");
        if (!ModelState.IsValid)
            return Page();
        if (Areas.All(area => area.Code != Area))
            throw ResidentDesk.NotFound();
        long person = await desk.FindAsync(Database, Area, (number!, Name), ResidentSessions.AddressOf(HttpContext), Cancel);
        sessions.Begin(HttpContext, new(Area, person));
        return LocalRedirect(Routes.My);
    }

    public IActionResult OnPostEnd()
    {
        Forget();
        return Done(Routes.My, "查询已结束，本机不再显示您的信息");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (Who is not { } who)
            return true;
        (Applications, CanPay, OtherChannels) = await Database.ReadAsync(
            async session => (
                await Core.Residents.Applications.OfAsync(session, who.Area, Seen!.Person.PersonId),
                await PayDesk.IsOpenAsync(session, who.Area), await PayDesk.OthersAsync(session, who.Area)),
            Cancel);
        return true;
    }
}
