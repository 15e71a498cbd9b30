using Canbao.Core.Access;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Access;

/// <summary>Party branches stand between the town and its villages, and manage theirs only.</summary>
public class BranchTests
{
    const string Password = "清河-Passw0rd";

    [Theory, OnBothEngines, Clause("baogou 三(一)-branches")]
    public async Task A_branch_sees_its_own_villages(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await Accounts.AddAsync(
            area.Database, TestArea.Code, new("test", "测试"), new("branch", "片区干部", Role.Street, "bg-01"), Password);
        var session = await Sessions.TryAsync(area.Database, "branch", Password);
        var viewer = await Sessions.FindAsync(area.Database, session.Area, session.Login, session.Stamp);
        var tree = await area.ReadAsync(read => UnitStore.ReadAsync(read, TestArea.Code));
        var seen = tree.All.Where(unit => viewer!.Sees(tree.PathOf(unit))).Select(unit => unit.Code);
        Assert.Equal(["bg-01", TestArea.Village, TestArea.OtherVillage], seen.Order(StringComparer.Ordinal));
    }
}
