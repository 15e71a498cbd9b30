using Canbao.TestKit;
using Xunit;

namespace Canbao.Tidy.Tests;

public class RootTests
{
    [Fact]
    public void The_checkout_is_found() => Assert.True(File.Exists(Repository.Path("global.json")));
}
