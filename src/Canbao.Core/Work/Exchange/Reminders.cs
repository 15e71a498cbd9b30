using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Exchange;

/// <summary>Reminds people by text message who are registered, owe something and have not paid: one message a day at most.</summary>
/// <param name="tools">What it works with.</param>
/// <param name="messages">Sends.</param>
public sealed class Reminders(ExchangeTools tools, ITextMessages messages)
{
    const int AtOnce = 500;

    /// <summary>Reminds the people of a unit and below it.</summary>
    /// <returns>Who owes, who of them can be reached, and how many messages were new.</returns>
    /// <exception cref="RefusedException">X102: there is no such unit.</exception>
    public async Task<(int Owing, int Reached, int Sent)> RunAsync(
        int area, Doer doer, InsuranceYear year, string? unit, CancellationToken cancel = default)
    {
        var today = DateOnly.MinValue;
        var (owing, found) = await tools.Database.ReadAsync(
            async session =>
            {
                today = BusinessDay.Of(session.Now);
                var tree = await UnitStore.ReadAsync(session, area);
                var top = unit is null ? tree.Root : tree.Find(unit) ?? throw new RefusedException("X102", $"没有单位“{unit}”；请核对单位代码");
                var (count, list) = (0, new List<ShortMessage>());
                var people = new SentPeople(session, area, year, today);
                foreach (var each in tree.Subtree(top))
                    await people.ForEachAsync(each.Code, each.Name, withDead: false, person =>
                    {
                        count += person.IsOwing ? 1 : 0;
                        if (person.IsOwing && Message(person, area, year, today) is { } message)
                            list.Add(message);
                    });
                return (count, list);
            },
            cancel);
        if (found.Count > 0)
            await Act.DoAsync(tools.Database, area, doer, "exchange.remind", act =>
            {
                act.Record("reminders", year, "sent", null, new { Unit = unit, People = found.Count });
                return Task.CompletedTask;
            }, cancel);
        int sent = 0;
        foreach (var part in found.Chunk(AtOnce))
            sent += await messages.SendAsync(part, cancel);
        return (owing, found.Count, sent);
    }

    ShortMessage? Message(SentPerson person, int area, InsuranceYear year, DateOnly today)
    {
        if (Vault.IsDestroyed(person.Person.Salt)
            || tools.People.OpenPhone(person.Person, new PersonStatusRow { PhoneSealed = person.Phone }) is not { } phone)
            return null;
        var name = string.Concat(person.Person.Name.EnumerateRunes().Select((rune, at) => at == 0 ? $"{rune}" : "*"));
        return new(
            FormattableString.Invariant($"{area}-{year}-{today:yyyyMMdd}-{person.PersonId}"), phone,
            $"【居民医保】{name}：您{year}年度居民医保应缴{Money.FromFen(person.Due!.Value)}元，还没有缴纳，请尽快缴费；已缴的请忽略。");
    }
}
