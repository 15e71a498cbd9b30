using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Work.Changes;
using Canbao.Core.Work.Policies;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Policies;

/// <summary>From a draft to a pack in force: proved as it is, by two people, with the effects that were shown.</summary>
public class PolicyDeskTests
{
    const string Pack = "lingyuan-2022";

    static readonly Viewer First = Bureau("first"), Second = Bureau("second");
    static readonly PolicyOrder Order = new(TestArea.Year, "bg", new(2021, 10, 1), Pack);

    [Theory, OnBothEngines]
    public async Task A_pack_is_proved_proposed_and_agreed_to_by_another_person(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var desk = Desk(area, area.Shelf);
        await RefusesAsync("A211", () => ProposeAsync(area, desk, Order));
        var proof = await desk.ProveAsync(area.Database, First, Pack, default);
        Assert.True(proof is { IsProved: true, Failures: "", Situations: > 100 });
        await RefusesAsync("A103", () => ProposeAsync(area, desk, Order with { Pack = "lishi-2023" }));

        var proposal = await ProposeAsync(area, desk, Order);
        await RefusesAsync("A212", () => ProposeAsync(area, desk, Order));
        var before = await BoundAsync(area);
        await RefusesAsync("A214", () => AgreeAsync(area, desk, First, proposal.ProposalId));
        await RefusesAsync("A210", () => AgreeAsync(area, desk, Second with { Role = Role.Supervisor }, proposal.ProposalId));
        Assert.Equal(before, await BoundAsync(area));
        await AgreeAsync(area, desk, Second, proposal.ProposalId);
        Assert.Contains(("bg", Pack), await BoundAsync(area));
        var kept = await area.ReadAsync(session => PolicyDesk.FindAsync(session, TestArea.Code, proposal.ProposalId));
        Assert.Equal((PolicyDesk.InForce, "first", "second"), (kept!.State, kept.ProposedBy, kept.DecidedBy));
        await RefusesAsync("A213", () => AgreeAsync(area, desk, Second, proposal.ProposalId));
    }

    /// <summary>What was proved and seen is what comes into force: an edition in between goes the whole way again.</summary>
    [Theory, OnBothEngines]
    public async Task Another_edition_needs_another_proof_and_proposal(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder[Pack]);
        foreach (var path in Directory.EnumerateFiles(Repository.Path("policies", Pack)))
            folder.Write($"{Pack}/{Path.GetFileName(path)}", File.ReadAllText(path));
        folder.Write("categories.yaml", File.ReadAllText(Repository.Path("policies", "categories.yaml")));
        var desk = Desk(area, new(new PackLibrary(folder.Path)));
        await desk.ProveAsync(area.Database, First, Pack, default);
        var proposal = await ProposeAsync(area, desk, Order);

        File.AppendAllText(folder[$"{Pack}/policy.yaml"], "# 改过\n");
        var later = Desk(area, new(new PackLibrary(folder.Path)));
        await RefusesAsync("A213", () => AgreeAsync(area, later, Second, proposal.ProposalId));
        await area.DoAsync("policy.drop", act => PolicyDesk.DropAsync(act, First, proposal.ProposalId), "first");
        await RefusesAsync("A211", () => ProposeAsync(area, later, Order));
    }

    static PolicyDesk Desk(TestArea area, PackShelf shelf) => new(shelf, Changes(area, shelf));

    static ChangeDesk Changes(TestArea area, PackShelf shelf) => new(new Dues(shelf, area.Vault), shelf, area.Vault);

    static Task<PolicyProposalRow> ProposeAsync(TestArea area, PolicyDesk desk, PolicyOrder order) =>
        area.DoAsync("policy.propose", act => desk.ProposeAsync(act, First, order), "first");

    static async Task AgreeAsync(TestArea area, PolicyDesk desk, Viewer viewer, long id)
    {
        var shown = await Changes(area, area.Shelf).PreviewAsync(area.Database, viewer, desk.Change(Order));
        await area.DoAsync("policy.bind", act => desk.AgreeAsync(act, viewer, id, shown.Digest, false), viewer.Login);
    }

    static async Task<IReadOnlyList<(string Unit, string Pack)>> BoundAsync(TestArea area) =>
        (await area.ReadAsync(session => PackBindings.ListAsync(session, TestArea.Code, TestArea.Year)))
            .ConvertAll(row => (row.Unit, row.Pack));

    static async Task RefusesAsync(string code, Func<Task> work) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(work)).Code);

    static Viewer Bureau(string login) => new(login, login, Role.Bureau, TestArea.Code, "bg", "/bg/", null);
}
