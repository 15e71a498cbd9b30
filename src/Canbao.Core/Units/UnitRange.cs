namespace Canbao.Core.Units;

/// <summary>A unit and all below it as a range of paths, which an index can follow.</summary>
/// <param name="First">The unit's path, <c>/top/.../code/</c>: the first of the range.</param>
public readonly record struct UnitRange(string First)
{
    /// <summary>The first text behind the range.</summary>
    public string End => $"{First[..^1]}0"; // The character behind the slash.

    /// <summary>Whether a unit is within it.</summary>
    public bool Contains(string path) => path.StartsWith(First, StringComparison.Ordinal);
}
