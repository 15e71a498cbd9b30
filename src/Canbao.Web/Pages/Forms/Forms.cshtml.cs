using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Core.Work.Forms;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>The forms that notices prescribe, those of the own place first.</summary>
sealed class FormsModel : OfficePage
{
    public IReadOnlyList<PrescribedForm> Own { get; private set; } = [];

    public IReadOnlyList<PrescribedForm> Others { get; private set; } = [];

    public static string Word(FormSource source) => source switch
    {
        FormSource.Figures => "公布的任务数",
        FormSource.Tally => "登记和缴费",
        _ => "资助资金核算",
    };

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var tree = await Database.ReadAsync(session => UnitStore.ReadAsync(session, Viewer.Area), Cancel);
        var forms = PrescribedForms.All.Where(form => FormDesk.Admits(Viewer, form)).ToLookup(form => form.Place == tree.Root.Code);
        (Own, Others) = ([.. forms[true]], [.. forms[false]]);
        return true;
    }
}
