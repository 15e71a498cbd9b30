using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Access;

/// <summary>Somebody who is signed in: what pages and use cases get. Read afresh for every request.</summary>
/// <param name="Login">The name for signing in; acts are stored under it.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Role">What the account is for.</param>
/// <param name="Area">The tenant.</param>
/// <param name="UnitCode">The unit that the account sees with all below it.</param>
/// <param name="UnitPath">That unit's path, <c>/top/.../code/</c>.</param>
/// <param name="Department">The department of a list department's account; null for others.</param>
public sealed record Viewer(string Login, string Name, Role Role, int Area, string UnitCode, string UnitPath, string? Department)
{
    /// <summary>The name of the area.</summary>
    public string AreaName { get; init; } = "";

    /// <summary>The name of the unit.</summary>
    public string UnitName { get; init; } = "";

    /// <summary>Whether the person has to choose a password before anything else.</summary>
    public bool MustChange { get; init; }

    /// <summary>Whether a second factor is asked for when the account signs in.</summary>
    public bool HasFactor { get; init; }

    /// <summary>Whether the area asks accounts of this role to have one.</summary>
    public bool FactorDemanded { get; init; }

    /// <summary>Whether the person has to begin with a second factor before anything else.</summary>
    public bool MustEnrol => FactorDemanded && !HasFactor;

    /// <summary>Whether a unit of this area is the viewer's own or below it.</summary>
    public bool Sees(string unitPath) => unitPath.StartsWith(UnitPath, StringComparison.Ordinal);

    /// <summary>Whether a unit, told by its code, is the viewer's own or below it.</summary>
    public async Task<bool> SeesUnitAsync(Session session, string code) =>
        await session.Table<UnitRow>().Where(row => row.Area == Area && row.Code == code).Select(row => row.Path)
            .FirstOrDefaultAsync() is { } path && Sees(path);

    /// <summary>Refuses whoever has none of some roles, and says whose step it is.</summary>
    /// <param name="code">The code of the refusal.</param>
    /// <param name="roles">Who does the step.</param>
    /// <exception cref="RefusedException">Another role.</exception>
    public void Require(string code, params Role[] roles)
    {
        if (!roles.Contains(Role))
            throw new RefusedException(code, $"这一步由{string.Join('、', roles.Select(role => role.Chinese()))}办理");
    }

    /// <summary>Whether the viewer's unit is the area's top.</summary>
    public bool SeesWholeArea => UnitPath == $"/{UnitCode}/";

    /// <summary>
    /// The first text behind all paths that the viewer sees. For queries the scope is a range:
    /// <see cref="UnitPath"/> ≤ path &lt; <c>ScopeEnd</c>.
    /// </summary>
    public string ScopeEnd => Scope.End;

    /// <summary>The viewer's unit and all below it.</summary>
    public UnitRange Scope => new(UnitPath);
}
