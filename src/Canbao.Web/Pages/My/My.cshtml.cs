using Canbao.Core.Units;
using Canbao.Core.Work.Residents;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
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

    /// <inheritdoc/>
    protected override bool IsForEverybody => true;

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<AreaRow>> AreasAsync() =>
        HttpMethods.IsPost(Request.Method) ? Service<KnownAreas>().WithAsync(Area, Cancel) : base.AreasAsync();

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
}
