using System.Globalization;

namespace Canbao.TestKit;

/// <summary>A clock that stands still until it is set.</summary>
public sealed class TestClock : TimeProvider
{
    /// <param name="shanghai">The time on the wall, such as <c>2021-11-05 09:30</c>.</param>
    public TestClock(string shanghai) => Set(shanghai);

    /// <summary>The instant it shows.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Sets it to a time on the wall in Shanghai.</summary>
    public void Set(string shanghai) => Now = DateTimeOffset.Parse(shanghai + " +08:00", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
