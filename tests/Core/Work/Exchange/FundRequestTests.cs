using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Tests.Work.Funding;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Work.Exchange;

public class FundRequestTests
{
    [Theory, OnBothEngines, Clause("lingyuan 六(二)")]
    public async Task A_submitted_claim_goes_to_finance_once_with_masked_numbers(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 3);
        await town.Area.DoAsync("exchange.partner", act => new Partners(town.Area.Vault).AddAsync(act, new("finance", "财政局", "finance")));
        await town.ListAsync("孤儿", "civil_affairs", new(2021, 10, 20), 1, 2);
        await town.EnrolAsync(1, 2);
        await town.BookAsync();
        var tools = new ExchangeTools(town.Area.Database, town.Area.Vault, town.Area.Dues, Tests.Rosters.Lists.Names);
        var requests = new FundRequests(tools);
        var doer = new Doer("bureau", "资金申请");
        Assert.Equal(default, await requests.MakeAsync(TestArea.Code, doer, town.Year));
        var claim = await town.SubmitAsync(town.Order());
        Assert.Equal(new MadeLists(1, 2, 0), await requests.MakeAsync(TestArea.Code, doer, town.Year));
        Assert.Equal(new MadeLists(0, 0, 1), await requests.MakeAsync(TestArea.Code, doer, town.Year));
        var folder = new FolderWay(town.Area.PathOf("exchange"));
        await new ExchangeRound(tools, folder, new HttpWay(new HttpClient())).RunAsync(TestArea.Code);
        var partner = (await town.Area.ReadAsync(session => Partners.FindAsync(session, TestArea.Code, "finance")))!;
        var path = Path.Combine(folder.PathOf(partner, "out"), "000001-fund_request-2021-11-05.csv");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(
            "承担方,资助对象,单位,姓名,证件号码,金额,日期\n" + string.Concat(town.People.Take(2).Select(person =>
                $"市财政,孤儿,前街村,{person.Name},{person.NumberMask},320.00,2021-11-05\n")),
            text.TrimStart('\uFEFF'));
        var envelope = Envelope.Read(await File.ReadAllBytesAsync(path + ".json", TestContext.Current.CancellationToken));
        Assert.Equal((claim.Amount, 2L), (envelope.AmountFen, envelope.Rows));
    }
}
