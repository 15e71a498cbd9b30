using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Work.Outreach;

namespace Canbao.Web.Pages;

/// <summary>The ledger as a list to go round with, on paper or on a phone: village by village, household by household.</summary>
sealed class OutreachVisitsModel(People people, CategoryNames names) : OutreachPage(names)
{
    /// <summary>How many a list has at most.</summary>
    public const int Most = 1000;

    public IReadOnlyList<(OutreachLine Line, string? PhoneMask)> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (!await LoadSearchAsync(session))
                return false;
            var found = await new OutreachList(people).VisitsAsync(session, Viewer.Area, Filter, Today, Most + 1);
            More = found.Count > Most;
            Found = found[..Math.Min(found.Count, Most)];
            return true;
        },
        Cancel);
}
