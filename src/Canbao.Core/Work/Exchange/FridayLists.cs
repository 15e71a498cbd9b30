using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work.Exchange;

/// <summary>What making lists did.</summary>
/// <param name="Messages">How many messages were made now.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="Known">How many were there before.</param>
public readonly record struct MadeLists(int Messages, long Rows, int Known)
{
    /// <summary>As an office is told.</summary>
    /// <param name="what">What the messages hold.</param>
    public string Told(string what) => Messages > 0
        ? $"已生成 {Messages} 份，共 {Rows} 行，等待发送" : $"没有新的{what}，没有生成报文";
}

/// <summary>
/// The lists of who has paid and who has not, every Friday to rural revitalisation, civil affairs, the bureau and the townships
/// (<c>lishi 七(二)-friday</c>): all from one snapshot, in one pass over the people, unit by unit.
/// </summary>
/// <param name="tools">What it works with.</param>
public sealed class FridayLists(ExchangeTools tools)
{
    /// <summary>The Friday of a day's lists: the day itself, or the one before.</summary>
    public static DateOnly Of(DateOnly today) => today.AddDays(-(((int)today.DayOfWeek - (int)DayOfWeek.Friday + 7) % 7));

    /// <summary>Makes the lists that are not there yet. Whatever stops it half way, running it again makes the rest.</summary>
    /// <param name="area">The tenant.</param>
    /// <param name="doer">Who, and why.</param>
    /// <param name="day">The Friday.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="progress">Told how many of how many units are done.</param>
    /// <param name="cancel">Ends it between two messages.</param>
    /// <exception cref="RefusedException">X112: not the last Friday. X113: no partner gets such lists.</exception>
    public async Task<MadeLists> MakeAsync(
        int area, Doer doer, DateOnly day, InsuranceYear year, IProgress<(long Done, long All)>? progress = null,
        CancellationToken cancel = default)
    {
        var drafts = new List<MessageDraft>();
        try
        {
            int known = await tools.Database.ReadAsync(session => ReadAsync(session, area, (day, year), drafts, progress), cancel);
            await OpenClockAsync(area, doer, day, year);
            long rows = 0;
            int made = 0;
            foreach (var draft in drafts)
            {
                var row = await Act.DoAsync(
                    tools.Database, area, doer, "exchange.friday", act => Outbox.AddAsync(act, draft), cancel);
                (made, rows, known) = row is null ? (made, rows, known + 1) : (made + 1, rows + row.RowsTold, known);
            }

            return new(made, rows, known);
        }
        finally
        {
            drafts.ForEach(draft => draft.Dispose());
        }
    }

    /// <summary>Opens the clock of a Friday's lists, which ends with that day; once.</summary>
    public Task OpenClockAsync(int area, Doer doer, DateOnly day, InsuranceYear year) => Act.DoAsync(
        tools.Database, area, doer, "exchange.friday",
        act => Clocks.Published.OpenAsync(act, ClockKind.FridayLists, Role.Bureau.Code(), ClockSubject(year), day.AddDays(-1)));

    /// <summary>Notes that a Friday's lists are handed over, once the last of them has been sent.</summary>
    internal static async Task NoteSentAsync(Act act, ExchangeMessageRow sent)
    {
        if (sent.Kind != ExchangeKind.Friday.Code || sent.Subject is not { } subject)
            return;
        var partners = await Partners.ReceiversAsync(act.Session, act.Area, ExchangeKind.Friday);
        var rows = await Messages.OfSubjectAsync(act.Session, act.Area, subject);
        var gone = rows.Where(row => row.SentAt is not null).Select(row => row.Partner).ToHashSet(StringComparer.Ordinal);
        if (!partners.TrueForAll(partner => gone.Contains(partner.Partner)))
            return;
        var (area, kind, on, about) = (act.Area, ClockKind.FridayLists.Code, sent.Day.AddDays(-1), ClockSubject(new(sent.InsuranceYear)));
        var clock = await act.Session.Table<ClockRow>().FirstOrDefaultAsync(
            row => row.Area == area && row.Kind == kind && row.Subject == about && row.OpenedOn == on && row.DoneOn == null);
        if (clock is not null)
            await Clocks.DoneAsync(act, clock.ClockId, act.Today);
    }

    static string ClockSubject(InsuranceYear year) => $"{year}年度已缴未缴名单";

    /// <summary>Fills the lists that are not there yet.</summary>
    /// <returns>How many are.</returns>
    async Task<int> ReadAsync(
        Session session, int area, (DateOnly Day, InsuranceYear Year) of, List<MessageDraft> drafts,
        IProgress<(long Done, long All)>? progress)
    {
        // A read that is run again begins anew.
        drafts.ForEach(draft => draft.Dispose());
        drafts.Clear();
        if (of.Day != Of(BusinessDay.Of(session.Now)))
            throw new RefusedException("X112", $"{of.Day:yyyy-MM-dd} 不是最近的星期五；名单按现在的数据生成，只能生成最近一个星期五的");
        var partners = await Partners.ReceiversAsync(session, area, ExchangeKind.Friday);
        if (partners.Count == 0)
            throw new RefusedException("X113", "没有接收已缴未缴名单的单位；请先用 canbao exchange partner add 登记");
        var subject = $"friday {of.Day:yyyy-MM-dd} {of.Year}";
        var tree = await UnitStore.ReadAsync(session, area);
        foreach (var partner in partners)
            if (!await Messages.IsMadeAsync(session, area, partner.Partner, subject))
                drafts.Add(Outbox.Begin(tools, session, partner, ExchangeKind.Friday, (subject, of.Day), of.Year));
        if (drafts.Count > 0)
            await FillAsync(new(session, area, of.Year, of.Day), tree, drafts, progress);
        return partners.Count - drafts.Count;
    }

    async Task FillAsync(SentPeople people, UnitTree tree, List<MessageDraft> drafts, IProgress<(long Done, long All)>? progress)
    {
        var cells = new SentCells(tools.People, tools.Names, drafts[0].Year);
        var receivers = drafts.ConvertAll(draft => new Receiver(draft, tree.PathOf(tree.Find(draft.Partner.Unit)!), cells));
        var units = tree.All.ToList();
        foreach (var (at, unit) in units.Index())
        {
            var path = tree.PathOf(unit);
            var here = receivers.FindAll(receiver => path.StartsWith(receiver.Path, StringComparison.Ordinal));
            if (here.Count > 0)
                await people.ForEachAsync(unit.Code, unit.Name, withDead: false, person => here.ForEach(each => each.Take(person)));
            progress?.Report((at + 1, units.Count));
        }

        drafts.ForEach(draft => draft.Table.Complete());
    }

    /// <summary>One receiver's list: a department gets the people of its own lists and their standing, others their unit's.</summary>
    sealed class Receiver(MessageDraft draft, string path, SentCells cells)
    {
        readonly string? department = Departments.IsKnown(draft.Partner.Office) ? draft.Partner.Office : null;

        public string Path => path;

        public void Take(SentPerson person)
        {
            if (department is null || person.Held.Any(IsSeen))
                draft.Table.Add(column => cells.Of(person, column, IsSeen));
        }

        bool IsSeen((string Department, string Category) held) => department is null || held.Department == department;
    }
}
