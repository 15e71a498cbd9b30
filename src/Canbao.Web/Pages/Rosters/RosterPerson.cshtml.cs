using Canbao.Core.Access;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>One person's identities: which one is used, and why not the others (<c>jincheng 六-one-identity</c>).</summary>
sealed class RosterPersonModel(CategoryNames names, Identities identities) : RosterPage(names)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    public LedgerPerson Found { get; private set; } = null!;

    public IdentityAnswer Answer { get; private set; } = null!;

    /// <summary>The identities that the viewer may read.</summary>
    public IEnumerable<HeldIdentity> Visible => Answer.Held.Where(identity => Concerns(identity.Span.Department));

    public bool MayOpen => Routes.Find("/people/{id:long}")!.Admits(Viewer.Role);

    /// <summary>Why an identity is used, or not.</summary>
    public string Why(HeldIdentity identity)
    {
        if (identity.Counts)
            return Answer.Held.Count(each => each.Rule.Length > 0) > 1 ? "个人缴得最少；金额相同时条款在前" : "符合资助条件";
        if (CategoryNames.IsMark(identity.Span.Category))
            return "只作标识，不资助";
        if (identity.Alone is not { } alone || identity.Rule.Length == 0)
            return "本年度政策不资助这一类";
        if (Answer.Used is not { Alone: { } least } used)
            return "现在缴费没有资助";
        return alone > least ? $"个人要多缴 {alone - least} 元" : used.Rule == identity.Rule ? "与采用的同属一条，只资助一次" : "金额相同，条款在后";
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var day = Day ?? Today;
        Day = day;
        var (found, answers) = await Database.ReadAsync(
            async session => (
                await Ledgers.FindAsync(session, Viewer.Area, Search(day), Id),
                await identities.OfAsync(session, Viewer.Area, Year, [Id], day)),
            Cancel);
        if (found is null)
            return false;
        (Found, Answer) = (found, answers[Id]);
        return true;
    }
}
