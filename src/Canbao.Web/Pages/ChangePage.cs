using Canbao.Core.Events;
using Canbao.Core.Work.Changes;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>
/// A page whose changes show their effects on due, payment, funders and cover first. A form that is posted shows them, with a form of its
/// own that posts the same again and says what was shown; a change that has none is done at once.
/// </summary>
/// <param name="changes">Tries changes and does them.</param>
abstract class ChangePage(ChangeDesk changes) : OfficePage
{
    static readonly string[] NotTyped = ["__RequestVerificationToken", nameof(Digest), nameof(WithRefunds)];

    [BindProperty]
    public string Reason { get; set; } = "";

    /// <summary>The effects that were shown; empty for a form that is posted for the first time.</summary>
    [BindProperty]
    public string Digest { get; set; } = "";

    /// <summary>Whether what may go back is asked for in the same deed.</summary>
    [BindProperty]
    public bool WithRefunds { get; set; }

    /// <summary>What the posted change would do; null where none was posted.</summary>
    public ChangeEffects? Effects { get; private set; }

    /// <summary>What was typed, to be posted again.</summary>
    public IEnumerable<(string Name, string Value)> Typed =>
        from typed in Request.Form
        where !NotTyped.Contains(typed.Key)
        from value in typed.Value
        select (typed.Key, value ?? "");

    /// <summary>A change of some people by the posted form.</summary>
    protected ChangeOrder Order(IReadOnlyCollection<long> who, Func<Act, Task> change) =>
        ChangeOrder.Of(who, [Years.Earlier, Years.Later], $"{Request.Path}{Request.QueryString}\n{string.Join('\n', Typed)}", change);

    /// <summary>Shows what a change would do, or does what was shown.</summary>
    /// <exception cref="RefusedException">W107: no reason. Else as the change itself refuses.</exception>
    protected async Task<IActionResult> ChangeAsync(string kind, ChangeOrder order, Func<Task<IActionResult>> done)
    {
        RequireReason();
        try
        {
            if (Digest.Length == 0 && await ShowAsync(order))
                return Page();
            await Act.DoAsync(
                Database, Viewer.Area, Doer(Reason.Trim()), kind,
                act => changes.ApplyAsync(act, Viewer, order with { AsksForRefunds = WithRefunds }, Digest), Cancel);
        }
        catch (RefusedException refused) when (refused.Code == "C200")
        {
            Tell(refused);
            await ShowAsync(order);
            return Page();
        }

        return await done();
    }

    /// <summary>W107: every change says why.</summary>
    protected void RequireReason()
    {
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W107", "请写明原因；变更会留下记录");
    }

    /// <summary>Whether there is something to show.</summary>
    async Task<bool> ShowAsync(ChangeOrder order)
    {
        var effects = await changes.PreviewAsync(Database, Viewer, order, Cancel);
        (Effects, Digest) = (effects.IsEmpty ? null : effects, effects.Digest);
        // The page's own field shows what was typed, which was another one.
        ModelState.Remove(nameof(Digest));
        return Effects is not null;
    }
}
