using System.Collections.Frozen;
using System.Reflection;
using Canbao.Vocabulary;

namespace Canbao.Core.Calendar;

/// <summary>
/// Which days offices work: Monday to Friday, without the public holidays and with the weekend days worked instead, as the State
/// Council's notice of each year says. A year without a notice is refused, never guessed.
/// </summary>
public sealed class WorkingDays
{
    readonly FrozenDictionary<DateOnly, string> daysOff;
    readonly FrozenDictionary<DateOnly, string> daysWorked;

    WorkingDays(IReadOnlyDictionary<DateOnly, string> daysOff, IReadOnlyDictionary<DateOnly, string> daysWorked, DateRange known)
    {
        this.daysOff = daysOff.ToFrozenDictionary();
        this.daysWorked = daysWorked.ToFrozenDictionary();
        Known = known;
    }

    /// <summary>The days that ship with the program.</summary>
    public static WorkingDays Published { get; } = Read(ReadResource());

    /// <summary>The years for which notices are known: from 1 January of the first to 31 December of the last, both inclusive.</summary>
    public DateRange Known { get; }

    /// <summary>Reads holiday lines: <c>kind,days,name</c> with kind <c>off</c> or <c>work</c>; lines with <c>#</c> are comments.</summary>
    /// <exception cref="FormatException">A line cannot be read, or says something twice or against the calendar.</exception>
    public static WorkingDays Read(IEnumerable<string> lines)
    {
        var off = new Dictionary<DateOnly, string>();
        var worked = new Dictionary<DateOnly, string>();
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#').Skip(1))
        {
            var fields = line.Split(',');
            if (fields.Length != 3 || fields[0] is not ("off" or "work") || !DateRange.TryParse(fields[1], out var days))
                throw new FormatException($"节假日数据读不了：“{line}”；应写成 off,2021-10-01..2021-10-07,国庆节");
            for (var day = days.From; day <= days.To; day = day.AddDays(1))
            {
                if (fields[0] == "work" && !IsWeekend(day))
                    throw new FormatException($"节假日数据不对：{day:yyyy-MM-dd} 不是周末，不需要写 work");
                if (off.ContainsKey(day) || worked.ContainsKey(day))
                    throw new FormatException($"节假日数据不对：{day:yyyy-MM-dd} 写了两次");
                (fields[0] == "off" ? off : worked).Add(day, fields[2]);
            }
        }

        if (off.Count == 0)
            throw new FormatException("节假日数据是空的");
        return new WorkingDays(off, worked, new DateRange(new(off.Keys.Min().Year, 1, 1), new(off.Keys.Max().Year, 12, 31)));
    }

    /// <summary>Whether offices work on a day.</summary>
    /// <exception cref="UnknownYearException">No notice is known for its year.</exception>
    public bool IsWorkingDay(DateOnly day)
    {
        if (!Known.Contains(day))
            throw new UnknownYearException(day, Known);
        return daysWorked.ContainsKey(day) || (!IsWeekend(day) && !daysOff.ContainsKey(day));
    }

    /// <summary>The holiday that a day off belongs to, or null.</summary>
    public string? HolidayOn(DateOnly day) => daysOff.GetValueOrDefault(day);

    /// <summary>
    /// The day by whose end a time of working days runs out: the day it starts is not counted (Civil Code art. 201), the last is.
    /// </summary>
    /// <param name="start">The day of the event.</param>
    /// <param name="workingDays">1 or more.</param>
    /// <exception cref="UnknownYearException">The time runs into a year without a notice.</exception>
    public DateOnly After(DateOnly start, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workingDays);
        var day = start;
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                left--;
        }

        return day;
    }

    /// <summary>The day itself if offices work on it, else the next one on which they do.</summary>
    public DateOnly OnOrAfter(DateOnly day) => IsWorkingDay(day) ? day : After(day, 1);

    /// <summary>Working days after <paramref name="start"/> up to and with <paramref name="end"/>; 0 where it is not later.</summary>
    public int Between(DateOnly start, DateOnly end)
    {
        var count = 0;
        for (var day = start.AddDays(1); day <= end; day = day.AddDays(1))
            count += IsWorkingDay(day) ? 1 : 0;
        return count;
    }

    static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    static string[] ReadResource()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("public-holidays.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    }
}

/// <summary>Working days of a year whose notice is not known.</summary>
public sealed class UnknownYearException(DateOnly day, DateRange known)
    : Exception($"{day:yyyy-MM-dd} 所在年份的放假安排还没有录入（已有 {known.From.Year} 至 {known.To.Year} 年）；请在国务院办公厅通知发布后更新节假日数据")
{
    /// <summary>A day of that year.</summary>
    public DateOnly Day { get; } = day;
}
