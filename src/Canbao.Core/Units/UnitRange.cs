namespace Canbao.Core.Units;

/// <summary>A unit and all below it as a range of paths, which an index can follow.</summary>
/// <param name="First">The unit's path, <c>/top/.../code/</c>: the first of the range.</param>
public readonly record struct UnitRange(string First)
{
    bool IsOne { get; init; }

    /// <summary>The first text behind the range.</summary>
    // No code begins with a blank or what comes before it; the zero is behind the slash.
    public string End => IsOne ? First + " " : $"{First[..^1]}0";

    /// <summary>Whether it is all units of an area, so that none has to be asked for: the path of the topmost has one part.</summary>
    public bool IsWholeArea => !IsOne && First.IndexOf('/', 1) == First.Length - 1;

    /// <summary>A unit without those below it.</summary>
    public static UnitRange Only(string path) => new(path) { IsOne = true };

    /// <summary>Whether a unit is within it.</summary>
    public bool Contains(string path) => IsOne ? path == First : path.StartsWith(First, StringComparison.Ordinal);
}
