using Canbao.Core.Units;

namespace Canbao.Core.Reporting.Forms;

/// <summary>The figures of the five notices, which come with the program.</summary>
public static class NoticeFigures
{
    /// <summary>The figures of a place; none where no notice of ours has any for these units.</summary>
    public static PublishedFigures Of(UnitTree tree)
    {
        using var stream = typeof(NoticeFigures).Assembly.GetManifestResourceStream($"figures/{tree.Root.Code}.csv");
        if (stream is null)
            return new([]);
        using var reader = new StreamReader(stream);
        // Figures of other units than those of the tree would be somebody else's: then none are taken.
        return PublishedFigures.Read(reader.ReadToEnd().Split('\n'), tree, []) ?? new([]);
    }
}
