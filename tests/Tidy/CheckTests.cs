using System.Reflection;
using System.Text;
using Canbao.TestKit;
using Canbao.Tidy.Tests.Checks;
using Xunit;

namespace Canbao.Tidy.Tests;

/// <summary>Every check is applied to the repository, and shown to fail and to pass on its samples.</summary>
public class CheckTests
{
    static readonly Type[] Groups =
    [
        typeof(ArrowChecks), typeof(PurityChecks), typeof(BannedChecks), typeof(SizeChecks), typeof(LayoutChecks), typeof(TraceChecks),
        typeof(SqlChecks),
    ];

    static readonly Check[] All =
    [
        .. from type in Groups
           from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
           select (Check)field.GetValue(null)!,
    ];

    public static TheoryData<string> Rules() => [.. All.Select(check => check.Rule)];

    public static IEnumerable<TheoryDataRow<string, int, string>> BrokenSamples() => Samples(check => check.Broken);

    public static IEnumerable<TheoryDataRow<string, int, string>> SoundSamples() => Samples(check => check.Sound);

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_repository_keeps(string rule) => AssertNone(RepositoryFiles.All.SelectMany(Named(rule).In));

    [Theory]
    [MemberData(nameof(BrokenSamples))]
    public void A_broken_sample_fails(string rule, int sample, string text) =>
        Assert.True(Named(rule).In(Named(rule).Broken[sample]).Count > 0, $"nothing found in: {text}");

    [Theory]
    [MemberData(nameof(SoundSamples))]
    public void A_sound_sample_passes(string rule, int sample, string _) => AssertNone(Named(rule).In(Named(rule).Sound[sample]));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_check_has_samples_of_both_kinds(string rule)
    {
        Assert.NotEmpty(Named(rule).Broken);
        Assert.NotEmpty(Named(rule).Sound);
    }

    [Fact]
    public void The_repository_is_read()
    {
        var paths = RepositoryFiles.All.Select(file => file.Path).ToList();
        Assert.Contains("Directory.Build.props", paths);
        Assert.Contains("src/Canbao.Vocabulary/Money.cs", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("artifacts/", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_is_utf8_without_a_byte_order_mark() => AssertNone(RepositoryFiles.BadlyEncoded);

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a' })]
    [InlineData(new byte[] { (byte)'a', 0xB2, 0xCE })]
    public void Another_encoding_fails(byte[] bytes) => Assert.NotNull(RepositoryFiles.EncodingFault(bytes));

    [Fact]
    public void Utf8_passes() => Assert.Null(RepositoryFiles.EncodingFault(Encoding.UTF8.GetBytes("参保")));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.Path("Canbao.slnx"));
        var projects = RepositoryFiles.All.Select(file => file.Path).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.All(projects, path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    static Check Named(string rule) => All.Single(check => check.Rule == rule);

    static IEnumerable<TheoryDataRow<string, int, string>> Samples(Func<Check, SourceFile[]> samples) =>
        from check in All
        from sample in samples(check).Index()
        select new TheoryDataRow<string, int, string>(check.Rule, sample.Index, Shortened(sample.Item));

    static string Shortened(SourceFile sample)
    {
        var text = string.Join(' ', $"{sample.Path}: {sample.Text}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 160 ? text[..160] : text;
    }

    static void AssertNone(IEnumerable<Violation> violations) => Assert.True(!violations.Any(), string.Join('\n', violations));
}
