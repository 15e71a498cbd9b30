using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Offline;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>
/// Collection on a phone that has no network: the shell of the page, and what its script asks for as JSON. The rest is in
/// <c>src/Canbao.Web/Offline</c>.
/// </summary>
sealed class OfflineModel(BagDesk bags, TakingDesk takings, BagSigning signing, IAntiforgery forms) : OfficePage
{
    /// <summary>Where bags and what is to be given back are listed.</summary>
    public const string BagsPath = OfflineFiles.Page + "/bags";

    /// <summary>Tells the sign-out that this browser keeps a bag.</summary>
    public const string Cookie = "canbao-bag";

    const int MostSent = 50;
    const int MostDevice = 64;

    public void OnGet() => Response.Headers.ContentSecurityPolicy = OfflineFiles.Policy;

    public Task<IActionResult> OnGetStandingAsync() => TellAsync(OfflineJson.Default.OfflineStanding, async () =>
    {
        var token = forms.GetAndStoreTokens(HttpContext).RequestToken!;
        var (tree, back) = await Database.ReadAsync(
            async session => (
                await UnitStore.ReadAsync(session, Viewer.Area), await TakingDesk.ToGiveBackAsync(session, Viewer, Viewer.Login)),
            Cancel);
        return new(
            Viewer.Login, Viewer.Name, token, [.. Choices.Units(tree, Viewer).Select(unit => new OfflineUnit(unit.Value, unit.Text))],
            [.. back.Select(one => new OfflineBack(one.Receipt, one.Name, one.Fen))]);
    });

    public Task<IActionResult> OnPostTakeAsync() => TellAsync(OfflineJson.Default.OfflineBag, async () =>
    {
        var order = await ReadAsync(OfflineJson.Default.OfflineOrder);
        if (order.Device.Length is 0 or > MostDevice)
            throw Unreadable();
        var households = await Database.ReadAsync(session => bags.ReadAsync(session, Viewer, Year, order.Unit, Today), Cancel);
        int owing = households.Sum(file => file.Members.Count(member => member.Owes is not null));
        var bag = await Act.DoAsync(
            Database, Viewer.Area, Doer("领取离线任务"), "offline.issue",
            act => BagDesk.IssueAsync(act, Year, order.Unit, order.Device, owing), Cancel);
        var unit = await Database.ReadAsync(session => UnitStore.ReadAsync(session, Viewer.Area), Cancel);
        Response.Cookies.Append(Cookie, "1", new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = Request.IsHttps,
            Path = Routes.SignOut,
            MaxAge = TimeSpan.FromDays(2),
        });
        return Pack(bag, unit.Find(bag.Unit)!.Name, households);
    });

    public Task<IActionResult> OnPostReturnAsync() => TellAsync(OfflineJson.Default.OfflineReturn, async () =>
    {
        var sent = await ReadAsync(OfflineJson.Default.OfflineReturn);
        await Act.DoAsync(
            Database, Viewer.Area, Doer("交回离线任务"), "offline.return", act => BagDesk.ReturnAsync(act, Number(sent.Bag)), Cancel);
        return sent;
    });

    public Task<IActionResult> OnPostSendAsync() => TellAsync(OfflineJson.Default.OfflineAnswers, async () =>
    {
        var sent = await ReadAsync(OfflineJson.Default.OfflineSent);
        if (sent.Takings.Count > MostSent)
            throw Unreadable();
        // Whoever sent it may be out of reach again: what was begun is done to its end.
        var answers = await takings.ReceiveAsync(Database, Viewer, [.. sent.Takings.Select(Read)], CancellationToken.None);
        return new([.. answers.Select(answer => new OfflineAnswer(answer.Key, answer.State, answer.Code, answer.Text))]);
    });

    OfflineBag Pack(CollectionBagRow bag, string unitName, IReadOnlyList<HouseholdFile> households)
    {
        var owed = households.SelectMany(file => file.Members).Select(member => member.Owes).OfType<Money>().Distinct();
        return new(
            Text(bag.BagId), Bags.Name(bag), bag.InsuranceYear, bag.ValidOn, bag.IssuedAt.ToUnixTimeMilliseconds(),
            BusinessDay.StartOf(bag.ValidOn.AddDays(1)).ToUnixTimeMilliseconds())
        {
            Unit = unitName,
            UnitCode = bag.Unit,
            UnitName = unitName,
            Agent = bag.Agent,
            AgentName = Viewer.Name,
            Numbers =
            [
                .. from line in Enumerable.Range(1, bag.Numbers)
                   let number = Bags.ReceiptNo(bag, line)
                   select new OfflineNumber(number, signing.NumberKey(number)),
            ],
            Households = [.. households.Select((file, place) => Household(bag, file, place))],
            Capitals = owed.ToDictionary(amount => Text(amount.Fen), amount => amount.Capitals(), StringComparer.Ordinal),
        };
    }

    OfflineHousehold Household(CollectionBagRow bag, HouseholdFile file, int place)
    {
        var (row, head) = (file.View.Household, file.View.Head ?? file.View.Members[0]);
        return new(
            Text(row.HouseholdId), place, row.Number, row.Address, head.Person.Name,
            [.. file.Members.Select(member => Member(bag, member))]);
    }

    OfflineMember Member(CollectionBagRow bag, MemberFile member)
    {
        var person = member.Member.Person;
        var shown = new OfflineMember(Text(person.PersonId), person.Name, person.NumberMask, Note(member));
        if (member.Owes is not { } owes)
            return shown;
        var quote = new BagQuote(person.PersonId, owes.Fen, member.Quote!.Verdict.VerdictId);
        return shown with { Fen = owes.Fen, Verdict = Text(quote.VerdictId), Signature = signing.Sign(bag, quote) };
    }

    static string Note(MemberFile member) => member.Member.Person.DiedOn is not null ? "已死亡"
        : member.Payment is { } paid ? $"已缴 {Money.FromFen(paid.Amount)} 元"
        : !member.Member.IsEnrolled ? "没有登记本年度"
        : member.IsFree ? "个人不缴"
        : member.Quote is { } quote ? DueText.Outcome(quote.Verdict.Outcome) : "不能收";

    static PhoneTaking Read(OfflineTaking sent) =>
        new(sent.Key, Number(sent.Bag), sent.Line, new(Number(sent.Person), sent.Fen, Number(sent.Verdict)))
        {
            Signature = sent.Signature,
            TakenAt = sent.TakenAt.ToUniversalTime(),
            VoidReason = sent.VoidReason,
        };

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable();

    static RefusedException Unreadable() => new("C212", "手机发来的内容读不懂，没有入账；请刷新离线收款页面后再试");

    async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(Request.Body, type, Cancel) ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    /// <summary>Answers as JSON, a refusal too.</summary>
    static async Task<IActionResult> TellAsync<T>(JsonTypeInfo<T> type, Func<Task<T>> answer)
    {
        try
        {
            return Json(JsonSerializer.Serialize(await answer(), type), StatusCodes.Status200OK);
        }
        catch (RefusedException refused)
        {
            var told = JsonSerializer.Serialize(new OfflineRefusal(refused.Code, refused.Message), OfflineJson.Default.OfflineRefusal);
            return Json(told, StatusCodes.Status409Conflict);
        }
    }

    static ContentResult Json(string text, int status) =>
        new() { Content = text, ContentType = "application/json; charset=utf-8", StatusCode = status };
}
