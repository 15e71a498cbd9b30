using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;

namespace Canbao.Core.Tests.Files;

/// <summary>The shape of a list of people in need, as lishi 附件3 has it, and what an upload of it comes to.</summary>
static class IntakeFiles
{
    public const int Name = 0, Number = 1, Phone = 2, Change = 3, ChangedOn = 4, Category = 5;

    public static readonly TableShape Roster = new(
        new("姓名", ColumnKind.Text, true),
        new("身份证号码", ColumnKind.Digits, true, "证件号码", "身份证号"),
        new("联系电话", ColumnKind.Digits, false),
        new("动态调整类型", ColumnKind.Text, true),
        new("动态调整时间", ColumnKind.Date, false),
        new("人员类别", ColumnKind.Text, true));

    /// <summary>A header of all required columns.</summary>
    public const string Header = "姓名,身份证号码,动态调整类型,人员类别";

    /// <summary>A table that LibreOffice saved.</summary>
    public static TableFile Saved(string name) => TableFile.At(Repository.Path("tests", "Core", "Files", "Fixtures", name));

    /// <summary>A CSV file in memory.</summary>
    public static TableFile Csv(string text) => Csv(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Csv(string)"/>
    public static TableFile Csv(byte[] bytes) => new("list.csv", () => new MemoryStream(bytes));

    /// <summary>Each row of a table: its line, its cells, and the codes of its faults with their columns.</summary>
    public static List<string> Rows(TableFile file, TableShape? shape = null)
    {
        using var intake = Intake.Open(file, shape ?? Roster);
        return Rows(intake, shape ?? Roster);
    }

    /// <inheritdoc cref="Rows(TableFile, TableShape)"/>
    public static List<string> Rows(Intake intake, TableShape shape)
    {
        var rows = new List<string>();
        while (intake.Read())
            rows.Add(Told(intake.Row, shape));
        return rows;
    }

    /// <summary>A row's line, cells, and faults.</summary>
    public static string Told(IntakeRow row, TableShape shape)
    {
        var cells = shape.Columns.Select((_, place) => row.Date(place) is { } day ? day.ToString("yyyy-MM-dd") : row.Text(place));
        var faults = string.Concat(row.Faults.Select(fault => $" {fault.Code} {fault.Column}"));
        return $"{row.Line}{(row.IsHidden ? " hidden" : "")}: {string.Join('|', cells)}{faults}";
    }
}
