using Canbao.Core.Files;

namespace Canbao.Core.Rosters;

/// <summary>What a list is.</summary>
public enum RosterKind
{
    /// <summary>Everybody who holds a category: whoever is not on it any more leaves.</summary>
    Full,

    /// <summary>Additions and removals, each with its day (<c>lishi 附件3</c>).</summary>
    Adjustment,
}

/// <summary>How a list is to be read.</summary>
/// <param name="Department">Whose it is, a code of <see cref="Access.Departments"/>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="EffectiveOn">The day from which a full list is so; adjustments have a day in each row, which may not be later.</param>
public sealed record RosterOrder(string Department, RosterKind Kind, DateOnly EffectiveOn)
{
    /// <summary>The category of all rows, a code or a name; empty where a column tells it.</summary>
    public string Category { get; init; } = "";

    /// <summary>Words of the department that are not known yet; they are learnt when the list is applied.</summary>
    public RosterWords Words { get; init; } = RosterWords.None;

    /// <summary>The day on which the department gave the list, where that is not the day on which it is kept.</summary>
    public DateOnly? HandedInOn { get; init; }

    /// <summary>What the upload is kept as.</summary>
    public string UploadKind => Kind == RosterKind.Full ? FullUpload : AdjustmentUpload;

    /// <summary>The columns that such a list may have, by name.</summary>
    public IEnumerable<string> Columns => RosterTable.Shape(this).Columns.Select(column => column.Name);

    internal const string FullUpload = "roster.full", AdjustmentUpload = "roster.adjustment";
}

/// <summary>The columns of lists.</summary>
static class RosterTable
{
    public const int Number = 0, Name = 1, Category = 2, Change = 3, Day = 4;

    public const string CategoryName = "人员类别";

    static readonly ShapeColumn NumberColumn = new("身份证号码", ColumnKind.Digits, true,
        "证件号码", "身份证号", "身份证件号码", "公民身份号码", "公民身份证号码", "证件号", "身份证");

    static readonly ShapeColumn NameColumn = new("姓名", ColumnKind.Text, false, "人员姓名", "对象姓名");

    static readonly ShapeColumn ChangeColumn = new("动态调整类型", ColumnKind.Text, true, "调整类型", "变动类型");

    static readonly ShapeColumn DayColumn = new("动态调整时间", ColumnKind.Date, true, "调整时间", "变动时间");

    /// <summary>Columns that lists have and nobody needs: known, so that they are not asked for.</summary>
    static readonly ShapeColumn[] Others =
    [
        new("序号", ColumnKind.Text, false, "编号"),
        new("乡镇、街道", ColumnKind.Text, false, "乡镇", "街道", "乡镇街道", "所在乡镇", "乡(镇)、街道"),
        new("村、社区", ColumnKind.Text, false, "村", "社区", "行政村", "所在村", "村(社区)"),
        new("联系电话", ColumnKind.Text, false, "电话", "电话号码", "手机号码"),
    ];

    static readonly ShapeColumn CategoryColumn = new(CategoryName, ColumnKind.Text, true, "类别", "对象类别", "人员类型");

    static readonly TableShape AdjustmentShape =
        new([NumberColumn, NameColumn, CategoryColumn, ChangeColumn, DayColumn, .. Others]);

    static readonly TableShape OneCategoryShape = new([NumberColumn, NameColumn, .. Others]);

    static readonly TableShape FullShape = new([NumberColumn, NameColumn, CategoryColumn, .. Others]);

    /// <summary>The shape that an order asks for.</summary>
    public static TableShape Shape(RosterOrder order) => order switch
    {
        { Kind: RosterKind.Adjustment } => AdjustmentShape,
        { Category: "" } => FullShape,
        _ => OneCategoryShape,
    };
}

/// <summary>A row of a list in which nothing is wrong by itself.</summary>
/// <param name="Line">The file's line.</param>
/// <param name="Number">Hash of the number.</param>
/// <param name="Mask">The number as screens show it.</param>
/// <param name="Name">The name; null where the list has none.</param>
/// <param name="Category">The category's code.</param>
/// <param name="IsAddition">Whether the person holds it from the day on, or no longer.</param>
/// <param name="Day">From this day.</param>
sealed record RosterDraft(long Line, UInt128 Number, string Mask, string? Name, string Category, bool IsAddition, DateOnly Day);
