using System.Text;
using System.Text.RegularExpressions;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Rollover;

/// <summary>Makes the folder of next year's pack from this year's (<see cref="PackClone"/>); whole, or not at all.</summary>
/// <param name="library">The packs.</param>
public sealed partial class PackCloning(PackLibrary library)
{
    /// <summary>Makes it.</summary>
    /// <param name="old">A pack's name or folder, which is read without findings.</param>
    /// <param name="fresh">The clone's name, beside the old one; or a folder.</param>
    /// <returns>The clone's folder, and what somebody has to look at.</returns>
    /// <exception cref="RefusedException">
    /// A101: there is no such pack. A202: the name is none. A203: something of the name is there. A204: the clone's folder
    /// cannot be written.
    /// </exception>
    public (string Folder, IReadOnlyList<string> Notes) Clone(string old, string fresh)
    {
        if (library.Find(old) is not { } from)
            throw new RefusedException("A101", $"没有政策包“{old}”；可用的有：{string.Join("、", library.Names)}");
        var to = Path.GetFullPath(fresh.AsSpan().ContainsAny('/', '\\') ? fresh : Path.Combine(Path.GetDirectoryName(from)!, fresh));
        var id = Path.GetFileName(to);
        if (!PackName().IsMatch(id))
            throw new RefusedException("A202", $"名称“{id}”不对；请用小写字母、数字和连字符，如 lishi-2024");
        if (Directory.Exists(to) || File.Exists(to))
            throw new RefusedException("A203", $"{to} 已经存在，没有改动它；请换一个名称，或先移走它");
        var partial = $"{to}.{Path.GetRandomFileName()}.partial";
        try
        {
            var clone = PackClone.Of(
                Directory.EnumerateFiles(from, "*.yaml").ToDictionary(file => Path.GetFileName(file), File.ReadAllText),
                Path.GetFileName(from), id);
            Directory.CreateDirectory(partial);
            foreach (var (name, text) in clone.Files)
                File.WriteAllText(Path.Combine(partial, name), text, new UTF8Encoding(false));
            Directory.Move(partial, to);
            return (to, clone.Notes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException("A204", $"不能写文件夹 {to}；请检查上级文件夹是否存在、是否有写入权限");
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex PackName();
}
