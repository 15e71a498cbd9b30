using System.Collections.Immutable;
using System.Text;
using Canbao.Core.Files;

namespace Canbao.Core.Assessment.Batch;

/// <summary>The input columns of the assessment contract, in its order.</summary>
public enum InputColumn
{
    /// <summary>The caller's key.</summary>
    PersonId,

    /// <summary>Day of birth.</summary>
    BirthDate,

    /// <summary>Where the person is at home.</summary>
    Residence,

    /// <summary>How the person works.</summary>
    Employment,

    /// <summary>The kind of school attended.</summary>
    Student,

    /// <summary>The day of entering school.</summary>
    SchoolEntryDate,

    /// <summary>Other grounds of scope.</summary>
    ScopeStatus,

    /// <summary>Assisted categories.</summary>
    Categories,

    /// <summary>The chosen tier.</summary>
    Tier,

    /// <summary>Last day of employee insurance.</summary>
    EmployeeCoverEnded,

    /// <summary>Insurance elsewhere.</summary>
    OtherCover,

    /// <summary>Never enrolled here before.</summary>
    FirstTime,

    /// <summary>Day of enrolment registration.</summary>
    RegisteredOn,

    /// <summary>Day of payment.</summary>
    PaidOn,
}

/// <summary>Where the contract's columns stand in a file.</summary>
public sealed class InputHeader
{
    /// <summary>The contract's column names, in the order of <see cref="InputColumn"/>.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "person_id", "birth_date", "residence", "employment", "student", "school_entry_date", "scope_status", "categories", "tier",
        "employee_cover_ended", "other_cover", "first_time", "registered_on", "paid_on",
    ];

    /// <summary>Columns that a rejects file adds; a corrected rejects file may be given back with them.</summary>
    public static readonly ImmutableArray<string> RejectColumns = ["line", "column", "reason"];

    /// <summary>Columns whose values are never empty, and so must be there.</summary>
    static readonly InputColumn[] Needed =
    [
        InputColumn.PersonId, InputColumn.BirthDate, InputColumn.Residence, InputColumn.Employment, InputColumn.Student,
        InputColumn.OtherCover,
    ];

    readonly int[] places = new int[Names.Length];

    InputHeader(ImmutableArray<string> columns)
    {
        Columns = columns;
        Array.Fill(places, -1);
    }

    /// <summary>The names of the file's columns, in its order.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Columns that the contract does not know; they are passed over.</summary>
    public ImmutableArray<string> Unknown { get; private set; }

    /// <summary>Columns of the contract that the file leaves out and that count as empty.</summary>
    public ImmutableArray<string> Absent { get; private set; }

    /// <summary>A column's name for messages, or its place where it has none.</summary>
    public string NameOf(int place) => Columns[place].Length > 0 ? Columns[place] : $"第 {place + 1} 列";

    /// <summary>The index of a column in the file, or -1.</summary>
    public int PlaceOf(InputColumn column) => places[(int)column];

    /// <summary>Reads the header record.</summary>
    /// <exception cref="TableFileException">A needed column is missing or one is there twice.</exception>
    public static InputHeader Read(CsvRecord record, bool needsPaidOn)
    {
        var columns = Enumerable.Range(0, record.Count).Select(field => Encoding.UTF8.GetString(record[field]).Trim()).ToImmutableArray();
        var header = new InputHeader(columns);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = Names.IndexOf(columns[i]);
            if (column < 0)
                continue;
            if (header.places[column] >= 0)
                throw new TableFileException("F201", $"表头中列“{columns[i]}”出现两次（第 {header.places[column] + 1} 列和第 {i + 1} 列）；请只留一列");
            header.places[column] = i;
        }

        var missing = Needed.Concat(needsPaidOn ? [InputColumn.PaidOn] : []).Where(column => header.PlaceOf(column) < 0)
            .Select(column => Names[(int)column]).ToList();
        if (missing.Count > 0)
            throw new TableFileException("F202", $"表头缺少列：{string.Join("、", missing)}；第一行应为列名，见 docs/assess.md{Separator(columns)}"
                + (needsPaidOn && missing.Contains("paid_on") ? "；也可以用 --on 给出缴费日期" : ""));
        header.Unknown = [.. columns.Where(column => !Names.Contains(column) && !RejectColumns.Contains(column))];
        header.Absent = [.. Names.Where((_, column) => header.places[column] < 0 && column != (int)InputColumn.PaidOn)];
        return header;
    }

    /// <summary>What a header of one column was probably separated by.</summary>
    static string Separator(ImmutableArray<string> columns) => columns switch
    {
        [var only] when only.Contains(';') => "；表头似乎以分号分隔，请改为逗号",
        [var only] when only.Contains('\t') => "；表头似乎以制表符分隔，请改为逗号",
        _ => "",
    };
}
