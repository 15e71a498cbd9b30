using Canbao.Policy.Packs;
using Xunit;

namespace Canbao.Policy.Tests;

public sealed class PackLibraryTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("canbao-packs-").FullName;

    public PackLibraryTests()
    {
        File.Copy(Path.Combine(Packs.Library.Folder, "categories.yaml"), Path.Combine(folder, "categories.yaml"));
        Write("baogou-2022", Packs.Text("baogou-2022"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("baogou-2022")]
    [InlineData("FOLDER/baogou-2022")]
    [InlineData("FOLDER/baogou-2022/policy.yaml")]
    public void A_pack_is_found_by_name_folder_or_file(string name) =>
        Assert.NotNull(new PackLibrary(folder).Load(name.Replace("FOLDER", folder, StringComparison.Ordinal), []));

    [Fact]
    public void Packs_are_listed_by_name()
    {
        Write("a-2025", "");
        Directory.CreateDirectory(Path.Combine(folder, "no-pack"));
        Assert.Equal(["a-2025", "baogou-2022"], new PackLibrary(folder).Names);
    }

    [Fact]
    public void A_name_that_is_no_pack_is_answered_with_those_that_are()
    {
        var finding = Assert.Single(FindingsOf("baogu-2022"));
        Assert.Equal("P001", finding.Code);
        Assert.StartsWith("baogu-2022: P001 没有这个政策包；可用的有：baogou-2022", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pack_has_the_name_of_its_folder()
    {
        Write("copied-2023", Packs.Text("baogou-2022"));
        Assert.Equal("P117", Assert.Single(FindingsOf("copied-2023")).Code);
    }

    [Fact]
    public void A_pack_in_another_encoding_is_refused_with_the_byte()
    {
        File.WriteAllBytes(Path.Combine(folder, "baogou-2022", PackLibrary.PackFile), [(byte)'a', 0xD6, 0xD0]);
        var finding = Assert.Single(FindingsOf("baogou-2022"));
        Assert.Equal("P003", finding.Code);
        Assert.Contains("第 2 字节", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_without_categories_is_refused()
    {
        File.Delete(Path.Combine(folder, "categories.yaml"));
        Assert.Equal("P002", Assert.Single(FindingsOf("baogou-2022")).Code);
    }

    [Fact]
    public void The_hash_follows_the_pack_and_the_categories()
    {
        string Hash() => new PackLibrary(folder).Load("baogou-2022", [])!.Pack.Hash;
        var first = Hash();
        Assert.Equal(first, Hash());
        File.AppendAllText(Path.Combine(folder, "baogou-2022", PackLibrary.PackFile), "\n");
        var second = Hash();
        File.AppendAllText(Path.Combine(folder, "categories.yaml"), "\n");
        Assert.Equal(3, new HashSet<string> { first, second, Hash() }.Count);
    }

    [Theory]
    [InlineData("低保边缘家庭成员", "minimum_living_marginal")]
    [InlineData("监测对象", "monitored_household")]
    [InlineData("特困人员", "extreme_poverty")]
    [InlineData("orphn", "orphan")]
    public void A_category_that_is_no_code_is_answered_with_the_code(string written, string code)
    {
        var text = Packs.Text("baogou-2022");
        Write("baogou-2022", text.Replace("category: severe_disability", $"category: {written}", StringComparison.Ordinal));
        var finding = Assert.Single(FindingsOf("baogou-2022"));
        Assert.Equal("P201", finding.Code);
        Assert.Contains($"是不是 {code}？", finding.Text, StringComparison.Ordinal);
    }

    List<Finding> FindingsOf(string name)
    {
        var findings = new List<Finding>();
        Assert.Null(new PackLibrary(folder).Load(name, findings));
        return findings;
    }

    void Write(string pack, string text)
    {
        Directory.CreateDirectory(Path.Combine(folder, pack));
        File.WriteAllText(Path.Combine(folder, pack, PackLibrary.PackFile), text);
    }
}
