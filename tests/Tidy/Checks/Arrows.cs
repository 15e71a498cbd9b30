namespace Canbao.Tidy.Tests.Checks;

/// <summary>The one table of allowed arrows: who may know whom. What is not listed is not allowed.</summary>
static class Arrows
{
    /// <summary>Projects below src/. Tests and benches may know every project.</summary>
    public static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Canbao.Vocabulary"] = [],
        ["Canbao.Policy"] = ["Canbao.Vocabulary"],
        ["Canbao.Storage"] = ["Canbao.Vocabulary"],
        ["Canbao.Core"] = ["Canbao.Policy", "Canbao.Storage", "Canbao.Vocabulary"],
        ["Canbao.Web"] = ["Canbao.Core", "Canbao.Policy", "Canbao.Storage", "Canbao.Vocabulary"],
        ["Canbao.Cli"] = ["Canbao.Web", "Canbao.Core", "Canbao.Policy", "Canbao.Storage", "Canbao.Vocabulary"],
    };

    /// <summary>The rooms that every room above them may use.</summary>
    static readonly string[] Base = ["Schema", "Secrets", "Units", "Calendar", "Events", "Files", "Access"];

    /// <summary>The rooms of src/Canbao.Core; "Policy" stands for the project Canbao.Policy, which few rooms need.</summary>
    public static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Schema"] = [],
        ["Secrets"] = [],
        ["Units"] = ["Secrets", "Events"],
        ["Calendar"] = ["Events"],
        ["Events"] = ["Secrets"],
        ["Files"] = ["Secrets", "Events"],
        ["Access"] = ["Secrets", "Units", "Events"],
        ["Registry"] = [.. Base],
        ["Rosters"] = [.. Base, "Registry"],
        ["Assessment"] = [.. Base, "Registry", "Rosters", "Policy"],
        ["Ledger"] = [.. Base],
        ["Collection"] = [.. Base, "Assessment", "Ledger"],
        ["Funding"] = [.. Base, "Assessment", "Ledger"],
        ["Coverage"] = [.. Base, "Registry", "Assessment"],
        // Invents files, which enter the other rooms as anybody's files do.
        ["DemoData"] = ["Units", "Files"],
        // These three follow Events by cursor, and nobody calls them but Work.
        ["Outreach"] = [.. Base],
        ["Reporting"] = [.. Base],
        ["Exchange"] = [.. Base],
        // What people without an account did; the use cases are Work's.
        ["Residents"] = [.. Base],
        ["Work"] =
        [
            .. Base, "Registry", "Rosters", "Assessment", "Ledger", "Collection", "Funding", "Coverage", "Outreach", "Reporting",
            "Exchange", "Residents", "Policy",
        ],
    };
}
