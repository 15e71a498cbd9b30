using System.Globalization;
using System.Text;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Rollover;

/// <summary>How far the list of a year is.</summary>
public enum YearListState
{
    /// <summary>The department handed in a new full list since the season began, which decided who goes on.</summary>
    NewList,

    /// <summary>The new year has not begun: a list says nothing of days to come.</summary>
    TooEarly,

    /// <summary>An adjustment list waits to be looked at and applied.</summary>
    Prepared,

    /// <summary>To be ended.</summary>
    Open,

    /// <summary>Only people without a number are left, whom a list cannot name: their department tells them one by one.</summary>
    Nameless,
}

/// <summary>A category of a department that is listed for a year only.</summary>
/// <param name="Department">The department whose list says so.</param>
/// <param name="Term">The category and why it ends.</param>
/// <param name="People">Who holds it from before the new year, without an end.</param>
/// <param name="Nameless">Of them without a number.</param>
/// <param name="State">How far it is.</param>
/// <param name="Prepared">The adjustment list that waits; null where there is none.</param>
public sealed record YearList(
    string Department, CategoryTerm Term, int People, int Nameless, YearListState State, StagedRoster? Prepared);

/// <summary>
/// Ends lists of a year by adjustment lists, which the rosters room keeps, shows, has agreed to by a second person and applies like any
/// other (promise 6).
/// </summary>
/// <param name="vault">Opens numbers, which stand in the lists as departments write them.</param>
/// <param name="desk">Keeps the lists.</param>
public sealed class YearLists(Vault vault, RosterDesk desk)
{
    /// <summary>The lists that end with the year before.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="year">The new year.</param>
    /// <param name="today">The business day.</param>
    public async Task<IReadOnlyList<YearList>> ReadAsync(Session session, int area, InsuranceYear year, DateOnly today)
    {
        var holders = await HoldersAsync(session, area, year);
        var lists = new List<YearList>();
        foreach (var same in holders.GroupBy(holder => (holder.Department, holder.Category)).OrderBy(same => same.Key))
        {
            var term = CategoryTerms.Yearly.First(one => one.Category == same.Key.Category);
            var prepared = (await RosterUploads.StagedAsync(session, area, same.Key.Department))
                .Find(list => list.Upload.FileName == FileName(year));
            int nameless = same.Count(holder => holder.NumberSealed is null);
            var state = prepared is not null ? YearListState.Prepared
                : await HasNewListAsync(session, area, year, same.Key) ? YearListState.NewList
                : nameless == same.Count() ? YearListState.Nameless
                : today < year.FirstDay ? YearListState.TooEarly : YearListState.Open;
            lists.Add(new(same.Key.Department, term, same.Count(), nameless, state, prepared));
        }

        return lists;
    }

    /// <summary>Keeps an adjustment list for each department of which one is wanting. A second time keeps none.</summary>
    /// <returns>How many lists.</returns>
    /// <exception cref="RefusedException">A208: the new year has not begun.</exception>
    public async Task<int> PrepareAsync(Act act, InsuranceYear year)
    {
        if (act.Today < year.FirstDay)
            throw new RefusedException("A208", $"{year.Previous}年度的名单到年末为止；请在{year.FirstDay:yyyy-MM-dd}起办理");
        var open = (await ReadAsync(act.Session, act.Area, year, act.Today)).Where(list => list.State == YearListState.Open)
            .Select(list => (list.Department, list.Term.Category)).ToHashSet();
        var holders = (await HoldersAsync(act.Session, act.Area, year))
            .FindAll(holder => holder.NumberSealed is not null && open.Contains((holder.Department, holder.Category)));
        foreach (var department in holders.GroupBy(holder => holder.Department, StringComparer.Ordinal))
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(Text(department, year)));
            await desk.KeepAsync(
                act, new(department.Key, RosterKind.Adjustment, year.FirstDay), FileName(year), content);
        }

        return holders.Select(holder => holder.Department).Distinct().Count();
    }

    static string FileName(InsuranceYear year) => $"{year.Previous}年度到期名单.csv";

    async Task<bool> HasNewListAsync(Session session, int area, InsuranceYear year, (string Department, string Category) of) =>
        (await RosterUploads.AppliedSinceAsync(session, area, of.Department, CategoryTerms.ListsFrom(year)))
            // A list with a column of categories may name this one: where that is not known, nobody is taken off.
            .Exists(list => list.Order.Category.Length == 0 || desk.Names.Find(list.Order.Category) == of.Category);

    string Text(IEnumerable<Holder> holders, InsuranceYear year)
    {
        var text = new StringBuilder("身份证号码,人员类别,动态调整类型,动态调整时间\n");
        foreach (var holder in holders)
        {
            var number = vault.OpenText(holder.Salt, RegistryText.NumberPurpose, holder.NumberSealed!);
            text.Append(CultureInfo.InvariantCulture, $"{number},{holder.Category},退出,{year.FirstDay:yyyy-MM-dd}\n");
        }

        return text.ToString();
    }

    static Task<List<Holder>> HoldersAsync(Session session, int area, InsuranceYear year)
    {
        var (first, codes) = (year.FirstDay, CategoryTerms.Yearly.Select(term => term.Category).ToArray());
        return (
            from span in session.Table<CategorySpanRow>()
            join person in session.Table<PersonRow>() on new { span.Area, span.PersonId } equals new { person.Area, person.PersonId }
            where span.Area == area && person.Area == area && span.VoidedBy == null && span.UntilDay == null && span.FromDay < first
                && codes.Contains(span.Category)
            orderby span.Department, span.Category, span.PersonId
            select new Holder(span.Department, span.Category, person.Salt, person.NumberSealed)).ToListAsync();
    }

    sealed record Holder(string Department, string Category, byte[] Salt, byte[]? NumberSealed);
}

/// <summary>How an office says what becomes of a list of a year.</summary>
public static class YearListWords
{
    /// <summary>What is done, or to be done.</summary>
    public static string Of(YearList list, InsuranceYear year) => list.State switch
    {
        YearListState.NewList => "已报新名单，按新名单",
        YearListState.TooEarly => $"到{year.Previous}年末为止，{year.FirstDay:yyyy-MM-dd}起办理",
        YearListState.Prepared => "到期名单已生成，请核对并生效",
        YearListState.Nameless => "没有证件号码，请部门逐人告知",
        _ => "待生成到期名单",
    };
}
