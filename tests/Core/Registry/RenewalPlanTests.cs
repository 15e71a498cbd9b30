using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Xunit;

namespace Canbao.Core.Tests.Registry;

public class RenewalPlanTests
{
    /// <summary>Each person is looked up by an index: walking through all claims for each took longer than anybody waits.</summary>
    [Fact]
    public async Task Claims_are_found_by_person()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var plan = await area.ReadAsync(session => session.Data.QueryToListAsync<Step>(
            $"explain query plan {RenewalSql.Enrolments}",
            new DataParameter("area", TestArea.Code), new DataParameter("year", 2022), new DataParameter("before", 2021),
            new DataParameter("registered", "2021-10-26"), new DataParameter("act", 1L)));
        Assert.Contains(plan, step => step.Detail.Contains("enrolment_claim_person", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Detail.StartsWith("SCAN", StringComparison.Ordinal));
    }

    sealed class Step
    {
        [Column("detail")]
        public string Detail { get; set; } = "";
    }
}
