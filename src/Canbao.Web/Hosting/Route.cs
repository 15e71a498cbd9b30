using Canbao.Core.Access;

namespace Canbao.Web.Hosting;

/// <summary>A route and who may enter it, by whatever method.</summary>
/// <param name="Pattern">As the page writes it, such as <c>/accounts/{login}</c>.</param>
/// <param name="Title">What the menu calls it.</param>
/// <param name="Roles">Who may enter; null for everybody, signed in or not.</param>
public sealed record Route(string Pattern, string Title, IReadOnlyList<Role>? Roles)
{
    /// <summary>What one does there, on the home page; a route that has it stands in the menu.</summary>
    public string? Purpose { get; init; }

    /// <summary>The part of the menu in which it stands; empty for what stands in none.</summary>
    public string Group { get; init; } = "";

    /// <summary>The chapter of the handbook that tells about it; empty where only the contents lead to one.</summary>
    public string Help { get; init; } = "";

    /// <summary>Whether channels or other offices enter by signed messages, which the endpoint checks, and nobody else.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Whether somebody may enter.</summary>
    public bool Admits(Role role) => Roles is null || Roles.Contains(role);
}
