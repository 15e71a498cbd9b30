using System.Reflection;
using System.Text.RegularExpressions;
using Canbao.Storage.Faults;

namespace Canbao.Storage.Migrations;

/// <summary>The migrations that a program brings along, numbered from 1 without gaps.</summary>
public sealed partial class MigrationSet
{
    MigrationSet(IReadOnlyList<Migration> all) => All = all;

    /// <summary>In order.</summary>
    public IReadOnlyList<Migration> All { get; }

    /// <summary>
    /// Reads embedded resources: <c>0001-name.sql</c>, and beside or instead of it <c>0001-name.sqlite.sql</c> and
    /// <c>0001-name.postgres.sql</c>.
    /// </summary>
    /// <param name="assembly">Where they are embedded.</param>
    /// <param name="prefix">What their resource names begin with.</param>
    /// <exception cref="StorageException">S120: none there, a name of another form, a number used twice or left out.</exception>
    public static MigrationSet In(Assembly assembly, string prefix) => Of(
        from resource in assembly.GetManifestResourceNames()
        where resource.StartsWith(prefix, StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal)
        select (resource[prefix.Length..], Text(assembly, resource)));

    /// <summary>The same from files that are read already.</summary>
    /// <param name="files">Names and texts.</param>
    /// <exception cref="StorageException">S120, as for <see cref="In"/>.</exception>
    public static MigrationSet Of(IEnumerable<(string Name, string Text)> files)
    {
        var parts = (from file in files select (Match: FileName().Match(file.Name), file.Name, file.Text)).ToList();
        foreach (var (match, name, _) in parts)
            if (!match.Success)
                throw Bad($"数据库升级脚本的文件名 {name} 不合要求，应为 0001-name.sql。");
        var all = (from part in parts
                   group part by part.Match.Groups["number"].Value into number
                   orderby number.Key
                   select One(number.Key, [.. number.Select(part => (part.Match, part.Text))])).ToList();
        if (all.Count == 0)
            throw Bad("没有找到数据库升级脚本。");
        foreach (var (index, migration) in all.Index())
            if (migration.Number != index + 1)
                throw Bad($"数据库升级脚本缺少第 {index + 1} 号。");
        return new(all);
    }

    /// <summary>Those up to a number, as an older program had them.</summary>
    internal MigrationSet UpTo(int number) => new([.. All.Take(number)]);

    static Migration One(string number, List<(Match Match, string Text)> parts)
    {
        var names = parts.Select(part => part.Match.Groups["name"].Value).Distinct().ToList();
        return names.Count == 1
            ? new(int.Parse(number), names[0], Part(""), Part("sqlite"), Part("postgres"))
            : throw Bad($"数据库升级脚本的编号 {number} 用了两次。");
        string Part(string engine) =>
            parts.SingleOrDefault(part => part.Match.Groups["engine"].Value == engine).Text?.ReplaceLineEndings("\n") ?? "";
    }

    static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    static StorageException Bad(string text) => new(StorageCodes.MigrationFiles, text, null);

    [GeneratedRegex(@"^(?<number>\d{4})-(?<name>[a-z0-9]+(-[a-z0-9]+)*)(\.(?<engine>sqlite|postgres))?\.sql$")]
    private static partial Regex FileName();
}
