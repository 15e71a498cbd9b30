using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Rosters;
using Canbao.Core.Work.Exchange;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What outside codes mean here, and those of which nobody has said it.</summary>
sealed class ExchangeCodesModel(CategoryNames names) : OfficePage
{
    IReadOnlyDictionary<string, string> partners = new Dictionary<string, string>();

    public static IReadOnlyList<SelectListItem> Sets { get; } =
        [.. OutsideCodes.Sets.Select(set => new SelectListItem(set.Chinese, set.Code))];

    [BindProperty(SupportsGet = true)]
    public string Set { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Outside { get; set; } = "";

    [BindProperty]
    public string Ours { get; set; } = "";

    public IReadOnlyList<UnmappedWord> Unmapped { get; private set; } = [];

    public IReadOnlyList<OutsideCodeRow> Known { get; private set; } = [];

    /// <summary>Whether the viewer says what words mean.</summary>
    public bool MayAct => ExchangeModel.MayActAs(Viewer);

    public IReadOnlyList<SelectListItem> OurChoices => [.. OurWords.Of(Set, names).Select(word => new SelectListItem(word, word))];

    public string PartnerName(string code) => partners.GetValueOrDefault(code, code);

    public async Task<IActionResult> OnPostMapAsync()
    {
        Viewer.Require("X123", Role.Bureau, Role.Tax);
        await Act.DoAsync(
            Database, Viewer.Area, Doer("对应外部代码"), "exchange.code",
            act => OutsideCodes.MapAsync(act, Set, Outside ?? "", Ours ?? "", OurWords.Of(Set, names)), Cancel);
        return Done("/exchange/codes", "已保存；有退回的来文可以打开后再办一次");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        Set = OutsideCodes.Find(Set ?? "")?.Code ?? OutsideCodes.Sets[0].Code;
        await ReadAsync();
        return true;
    }

    async Task ReadAsync() => (Unmapped, Known, partners) = await Database.ReadAsync(
        async session => (
            await OutsideCodes.UnmappedAsync(session, Viewer.Area),
            await OutsideCodes.ListAsync(session, Viewer.Area),
            (await Partners.ListAsync(session, Viewer.Area)).ToDictionary(one => one.Partner, one => one.Name)),
        Cancel);
}
