namespace Canbao.TestKit;

/// <summary>Where the checkout stands, for tests that read its files.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Canbao.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Canbao.slnx")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No Canbao.slnx above {AppContext.BaseDirectory}.");
    }
}
