using Canbao.Core.Assessment.Dues;
using Canbao.Core.Work.Policies;
using Canbao.Policy.Compare;
using Canbao.Policy.Packs;
using Canbao.Policy.Prove;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>A pack to be read: every rule beside its clause of the notice, its proof, and how it differs from another.</summary>
sealed class PolicyModel(PackShelf shelf, PolicyDesk desk) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "pack")]
    public string PackId { get; set; } = "";

    /// <summary>The pack it is compared with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    public Pack Pack { get; private set; } = null!;

    public PolicyProofRow? Proof { get; private set; }

    public PackDiff? Diff { get; private set; }

    public IEnumerable<IGrouping<string, RuleInWords>> Lists => RuleWords.Of(Pack).GroupBy(rule => rule.List);

    /// <summary>What is proved, each with whether it holds.</summary>
    public IEnumerable<(string Says, bool Holds)> Claims => ProofReport.Claimed([.. Failures.Select(line => line.Split(' ')[0])]);

    public IReadOnlyList<string> Failures => Proof is { Failures.Length: > 0 } ? Proof.Failures.Split('\n') : [];

    public IEnumerable<SelectListItem> Others =>
        shelf.Names.Where(name => name != PackId).Select(name => new SelectListItem(name, name)).Prepend(new("不比较", ""));

    /// <summary>The clauses that a rule comes from, as the notice says them in short.</summary>
    public IEnumerable<Clause> ClausesOf(RuleHead head) => Pack.Clauses.Where(clause => clause.Id == head.Clause);

    public async Task<IActionResult> OnPostAsync()
    {
        var row = await desk.ProveAsync(Database, Viewer, PackId, Cancel);
        return Done($"/policies/packs/{PackId}", row.IsProved ? "证明通过" : "证明没有通过，原因见下");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!shelf.Names.Contains(PackId))
            return false;
        Pack = shelf.Find(PackId).Pack;
        Proof = await Database.ReadAsync(session => PolicyDesk.ProofAsync(session, Viewer.Area, Pack), Cancel);
        if (!string.IsNullOrEmpty(With) && shelf.Names.Contains(With))
            Diff = PackDiff.Between(shelf.Find(With), shelf.Find(PackId));
        return true;
    }
}
