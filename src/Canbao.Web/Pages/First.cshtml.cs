using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Whoever started the server makes the first administrator here; the page is closed when it is done.</summary>
sealed class FirstModel(FirstStart start, Database database) : PageModel
{
    [BindProperty]
    public string Code { get; set; } = "";

    [BindProperty]
    public int Area { get; set; }

    [BindProperty]
    public string Login { get; set; } = "";

    [BindProperty]
    public string Name { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    [BindProperty]
    public string Again { get; set; } = "";

    public IReadOnlyList<AreaRow> Areas { get; private set; } = [];

    public IEnumerable<SelectListItem> AreaChoices => Areas.Select(area => new SelectListItem($"{area.Code} {area.Name}", $"{area.Code}"));

    public bool IsOpen => start.IsOpen;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (IsOpen)
            Areas = await database.ReadAsync(UnitStore.AreasAsync, HttpContext.RequestAborted);
        await next();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsOpen)
            return Page();
        if (Password != Again)
        {
            ModelState.AddModelError(nameof(Again), "两遍输入的密码不一样；请重新输入");
            return Page();
        }

        try
        {
            var area = Areas is [var only] ? only.Code : Area;
            await start.FinishAsync(Code, area, (Login, Name, Password), HttpContext.RequestAborted);
        }
        catch (RefusedException fault)
        {
            ModelState.AddModelError("", $"{fault.Message}（{fault.Code}）");
            return Page();
        }

        return LocalRedirect(Routes.SignIn);
    }
}
