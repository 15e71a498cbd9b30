using System.Globalization;
using System.Text;

namespace Canbao.Bench;

/// <summary>File to file on one thread with a library's reader, the hand-written method and the framework's writer.</summary>
static class SylvanRival
{
    public const string Header =
        "person_id,outcome,personal_due,funding,subsidy,coverage_from,coverage_to,refundable_until,clauses";

    static readonly string[] Outcomes = ["due", "duplicate_cover", "out_of_scope", "not_registered", "not_open", "closed"];

    public static void Run(string input, string output)
    {
        using var reader = new FactsReader(input);
        using var writer = new StreamWriter(output, false, new UTF8Encoding(false), 1 << 17);
        writer.NewLine = "\n";
        writer.WriteLine(Header);
        while (reader.Read(out var facts))
        {
            writer.Write(reader.PersonId);
            Write(writer, HandWritten.Assess(in facts));
        }
    }

    static void Write(StreamWriter writer, in Decision decision)
    {
        writer.Write(',');
        writer.Write(Outcomes[(int)decision.Outcome]);
        if (decision.Outcome == Outcome.Due)
        {
            writer.Write(',');
            Yuan(writer, decision.PersonalDue);
            writer.Write(',');
            Funding(writer, in decision);
            writer.Write(',');
            Yuan(writer, decision.Subsidy);
            writer.Write(',');
            Date(writer, decision.From);
            writer.Write(',');
            Date(writer, decision.To);
            writer.Write(",,");
        }
        else
            writer.Write(",,,,,,,");

        writer.WriteLine(decision.Clauses);
    }

    static void Funding(StreamWriter writer, in Decision decision)
    {
        if (decision.CityFinance > 0)
        {
            writer.Write("city_finance=");
            Yuan(writer, decision.CityFinance);
        }

        if (decision.TownFinance > 0)
        {
            writer.Write(decision.CityFinance > 0 ? ";town_finance=" : "town_finance=");
            Yuan(writer, decision.TownFinance);
        }
    }

    static void Yuan(StreamWriter writer, long fen)
    {
        Span<char> text = stackalloc char[24];
        (fen / 100).TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        text[length++] = '.';
        text[length++] = (char)('0' + (fen % 100 / 10));
        text[length++] = (char)('0' + (fen % 10));
        writer.Write(text[..length]);
    }

    static void Date(StreamWriter writer, DateOnly? day)
    {
        if (day is null) return;
        Span<char> text = stackalloc char[10];
        day.Value.TryFormat(text, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        writer.Write(text);
    }
}
