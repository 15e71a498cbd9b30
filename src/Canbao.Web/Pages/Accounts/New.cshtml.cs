using Canbao.Core.Access;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Making an account for somebody of the administrator's units.</summary>
sealed class NewModel : OfficePage
{
    public static IEnumerable<SelectListItem> RoleChoices => Roles.All.Select(role => new SelectListItem(role.Chinese(), role.Code()));

    public static IEnumerable<SelectListItem> DepartmentChoices =>
        Departments.All.Select(each => new SelectListItem(each.Chinese, each.Code)).Prepend(new("无", ""));

    [BindProperty]
    public string Login { get; set; } = "";

    [BindProperty]
    public string Name { get; set; } = "";

    [BindProperty]
    public string RoleCode { get; set; } = "";

    [BindProperty]
    public string Department { get; set; } = "";

    [BindProperty]
    public string Unit { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Roles.TryParse(RoleCode, out var role))
            throw new RefusedException("L112", "请选择岗位");
        var account = new NewAccount(Login, Name, role, Unit.Trim(), Department.Length == 0 ? null : Department);
        await Accounts.AddAsync(Database, Viewer.Area, Doer("新建账号"), account, Password, Viewer.UnitPath, Cancel);
        return Done("/accounts", $"已新建账号“{AccountRules.Clean(Login)}”，请把登录名和初始密码告诉本人");
    }
}
