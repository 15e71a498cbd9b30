using Canbao.Core.Events;
using Canbao.Core.Work;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class ActWordsTests
{
    /// <summary>Instants are recorded in world time; days and other texts stay as they are.</summary>
    [Theory]
    [InlineData("2021-11-05T01:00:00+00:00", "2021-11-05 09:00")]
    [InlineData("2021-12-31T16:30:12.345678+00:00", "2022-01-01 00:30")]
    [InlineData("2021-11-05", "2021-11-05")]
    [InlineData("东沟村3号", "东沟村3号")]
    public void A_recorded_instant_is_told_by_the_clock_on_the_wall(string recorded, string told)
    {
        var change = new ActChangeRow { Subject = "resident_order", Action = "confirmed", New = $$"""{"paid_at":"{{recorded}}"}""" };
        Assert.Equal(("付款时间", told), ActWords.Read(change, code => code).Single() is var field ? (field.Name, field.New) : default);
    }
}
