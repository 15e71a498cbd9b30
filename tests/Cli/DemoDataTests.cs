using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

public sealed class DemoDataTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Areas_are_written_and_summed_up()
    {
        var call = Call.Of("demo-data", "--place", "jincheng", "--people", "2000", "--seed", "3", "-o", folder["demo"]);
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        var lines = call.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith("地区", lines[0], StringComparison.Ordinal);
        var areas = lines[2..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(["市本级", "城区", "沁水县", "阳城县", "陵川县", "泽州县", "高平市"], areas.Select(fields => fields[0]));
        Assert.Equal(2000, areas.Sum(fields => int.Parse(fields[2])));
        Assert.All(areas, fields => Assert.Equal(int.Parse(fields[2]) + 1, File.ReadLines(Path.Combine(fields[^1], "people.csv")).Count()));
    }

    [Theory]
    [InlineData("canbao: --place 可写：", "--place", "beijing", "--people", "10")]
    [InlineData("canbao: --people 可写：1 至 10000000", "--place", "all", "--people", "0")]
    [InlineData("canbao: --people 可写：1 至 10000000", "--place", "all", "--people", "10000001")]
    public void What_cannot_be_written_is_refused_in_Chinese(string told, params string[] arguments)
    {
        var call = Call.Of(["demo-data", .. arguments, "-o", folder["demo"]]);
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.StartsWith(told, call.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.FileNames);
    }
}
