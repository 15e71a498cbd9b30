using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Policy.Facts;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Web.Channels;

/// <summary>What channels ask, and what their payments mean.</summary>
sealed class ChannelQuestions(
    Database database, People people, Dues dues, ChannelDesk desk, DeclarationNumber declarations, TimeProvider clock)
{
    /// <summary>What somebody owes today.</summary>
    /// <exception cref="RefusedException">C106: number and name are nobody's. N105: the year is none.</exception>
    public async Task<DueResponse> AskAsync(int area, DueRequest sent)
    {
        var (person, year) = await FindAsync(area, sent);
        return await database.ReadAsync(async session =>
        {
            if (await Enrolments.FindAsync(session, area, year, person) is not { EndedOn: null })
                return new DueResponse { State = "not_registered", Text = $"尚未登记{year}年度参保；请先到村（社区）或医保经办机构登记" };
            if (await Payments.OfAsync(session, area, [year.Year], [person]) is [var paid, ..])
                return new DueResponse { State = "paid", Text = $"{year}年度保费已于{paid.PaidOn:yyyy-MM-dd}缴纳" };
            var quote = await dues.QuoteAsync(session, area, year, person, BusinessDay.Of(clock.GetUtcNow()));
            var text = quote?.Explanation?.Sentence ?? "今天不能缴费；请咨询医保经办机构";
            if (quote?.Personal is not { } due || due == Money.Zero)
                return new DueResponse { State = "nothing_due", Text = text };
            var answer = quote.Answer!.Value;
            return new DueResponse
            {
                State = "payable",
                AmountFen = due.Fen,
                Text = text,
                CoverFrom = answer.CoverFrom == PersonFacts.NoDate ? null : answer.CoverFrom,
                CoverUntil = answer.CoverTo == PersonFacts.NoDate ? null : answer.CoverTo,
            };
        });
    }

    /// <summary>Makes a payment notice for somebody who can pay today (<c>lishi 五(一)-(五)</c>: declare, notice, pay).</summary>
    /// <exception cref="RefusedException">As of <see cref="AskAsync"/>; C103: nothing can be paid.</exception>
    public async Task<DeclarationResponse> DeclareAsync(int area, DueRequest sent)
    {
        var due = await AskAsync(area, sent);
        if (due.AmountFen is not { } amount)
            throw new RefusedException(due.State switch { "paid" => "C102", "not_registered" => "C101", _ => "C103" }, due.Text);
        var (person, year) = await FindAsync(area, sent);
        var today = BusinessDay.Of(clock.GetUtcNow());
        return new DeclarationResponse
        {
            Declaration = declarations.Make(area, year, person, today),
            AmountFen = amount,
            ValidUntil = today.AddDays(DeclarationNumber.Days - 1),
        };
    }

    /// <summary>What a payment tells.</summary>
    /// <exception cref="RefusedException">N105: something is missing. C109: the payment notice does not hold.</exception>
    public ChannelMessage Read(int area, PaymentRequest sent)
    {
        if (sent.Reference.Length is 0 or > 64 || sent.AmountFen <= 0)
            throw new RefusedException("N105", "流水号须为1至64个字符，金额须为正的分数");
        if (sent.Declaration is { } number)
        {
            var (year, person) = declarations.Read(area, number, BusinessDay.Of(sent.PaidAt));
            return new(sent.Reference, year, Money.FromFen(sent.AmountFen), sent.PaidAt) { PersonId = person };
        }

        if (sent.Number is null || sent.Name is null || sent.Year is null)
            throw new RefusedException("N105", "须写明缴费通知号，或保险年度、证件号码和姓名");
        return new(sent.Reference, Year(sent.Year.Value), Money.FromFen(sent.AmountFen), sent.PaidAt)
        {
            Number = sent.Number,
            Name = sent.Name,
        };
    }

    /// <summary>Takes a payment back that is not posted.</summary>
    public Task CancelAsync(int area, string channel, ChannelMessage message) => Act.DoAsync(
        database, area, new("@channels", "渠道撤销"), "channel.cancel", act => desk.CancelAsync(act, channel, message));

    async Task<(long Person, InsuranceYear Year)> FindAsync(int area, DueRequest sent)
    {
        var year = Year(sent.Year);
        var found = await database.ReadAsync(session => people.FindManyAsync(session, area, [(sent.Number, sent.Name)]));
        return found[0] is { } person
            ? (person, year)
            : throw new RefusedException("C106", "没有此人，或证件号码与姓名不符；请核对后重新查询");
    }

    static InsuranceYear Year(int year) => year is >= 2000 and < 2100
        ? new(year)
        : throw new RefusedException("N105", $"没有{year}年度；请写明四位数的保险年度");
}
