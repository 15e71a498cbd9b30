using Canbao.Core.Access;
using Canbao.Core.Exchange;
using Canbao.Core.Registry.Comparison;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Exchange;

/// <summary>Nothing is sent that a receiver has no right to see.</summary>
public class ReceiverColumnsTests
{
    public static TheoryData<string, string, string> Receivers() => new()
    {
        {
            "registrations", "tax", "Number Name Unit Year Registration RegisteredOn Categories Standing Due"
        },
        { "friday", "civil_affairs", "Unit Name Number Categories Standing PaidOn" },
        { "friday", "rural_revitalisation", "Unit Name Number Categories Standing PaidOn" },
        { "friday", "bureau", "Unit Name Number Categories Standing Due PaidOn Paid" },
        { "friday", "street", "Unit Name MaskedNumber Standing Due PaidOn" },
        { "fund_request", "finance", "Payer Ground Unit Name MaskedNumber Share SharedOn" },
    };

    [Theory, MemberData(nameof(Receivers)), Clause("lishi 七(二)-friday")]
    public void A_receiver_gets_these_columns_and_no_other(string kind, string office, string columns) =>
        Assert.Equal(columns, string.Join(' ', ReceiverColumns.Of(kind, office)));

    [Fact]
    public void Everybody_else_gets_nothing_at_all()
    {
        var told = Receivers().Select(row => (row.Data.Item1, row.Data.Item2)).ToHashSet();
        var offices = Departments.All.Select(department => department.Code).Concat(Roles.All.Select(role => role.Code()));
        foreach (var (kind, office) in from kind in ExchangeKind.All from office in offices select (kind, office))
        {
            bool isReceiver = kind.Direction == Messages.Out && kind.Offices.Contains(office);
            Assert.Equal((kind.Code, office, isReceiver), (kind.Code, office, told.Contains((kind.Code, office))));
            Assert.Equal(isReceiver, ReceiverColumns.Of(kind.Code, office).Count > 0);
        }
    }

    [Fact]
    public void A_number_is_full_or_masked_and_never_both()
    {
        foreach (var row in Receivers())
            Assert.Single(ReceiverColumns.Of(row.Data.Item1, row.Data.Item2), column =>
                column is SentColumn.Number or SentColumn.MaskedNumber);
    }

    /// <summary>What is compared with the register comes from those departments that may hand it in on the page as well.</summary>
    [Fact]
    public void Comparisons_come_from_their_departments()
    {
        foreach (var source in ComparisonSource.All)
        {
            var kind = ExchangeKind.Find(source.Code, Messages.In);
            Assert.NotNull(kind);
            Assert.Equal(source.Chinese, kind.Chinese);
            var own = source.Departments.Where(department => department != "school").DefaultIfEmpty("bureau");
            Assert.Equal(own.Order(StringComparer.Ordinal), kind.Offices.Order(StringComparer.Ordinal));
        }
    }
}
