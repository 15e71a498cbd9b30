using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;

namespace Canbao.Core.Rosters;

/// <summary>Reads the rows of a list and tells what is wrong with each by itself.</summary>
/// <param name="vault">Hashes numbers.</param>
/// <param name="names">All categories.</param>
/// <param name="order">How the list is to be read.</param>
/// <param name="words">The department's words.</param>
sealed class RosterReader(Vault vault, CategoryNames names, RosterOrder order, RosterWords words)
{
    const int MostStops = 20;

    readonly TableShape shape = RosterTable.Shape(order);
    readonly Dictionary<string, string?> categories = new(StringComparer.Ordinal);

    /// <summary>Opens the list.</summary>
    public Intake Open(TableFile file) => Intake.Open(file, shape, words.Columns);

    /// <summary>Reads all rows; refused ones are told to the outcome.</summary>
    public List<RosterDraft> Read(Intake intake, RosterOutcome outcome, IProgress<double>? progress)
    {
        var drafts = new List<RosterDraft>();
        while (intake.Read())
        {
            if (Read(intake.Row, outcome) is { } draft)
                drafts.Add(draft);
            else
                outcome.Faults.AddRange(intake.Row.Faults);
            if (intake.Rows % 1000 == 0)
                progress?.Report(intake.Progress);
        }

        outcome.Rows = intake.Rows;
        outcome.Notes.AddRange(intake.Notes);
        outcome.UnknownColumns = intake.Unknown;
        if (outcome.UnknownCategories.Count > 0)
            outcome.Stops.Add($"不认识的人员类别：{string.Join("、", outcome.UnknownCategories.Take(MostStops))}；请改正，或指明它是哪一类，再重新上传");
        return drafts;
    }

    /// <summary>A fault that was found later, as the row tells it.</summary>
    public IntakeFault Fault(RosterDraft draft, int column, string code, string reason) =>
        new(draft.Line, shape.Columns[column].Name, code, draft.Mask, reason);

    /// <summary>Writes the refused rows in the file's own layout.</summary>
    public void Reject(TableFile file, RosterOutcome outcome, Stream rejects)
    {
        var places = shape.Columns.Select((column, place) => (column.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place);
        var faults = outcome.Faults.Where(fault => fault.Code[0] == 'M').ToLookup(fault => fault.Line);
        rejects.SetLength(0);
        using var intake = Open(file);
        using var table = new RejectsTable(rejects, intake);
        while (intake.Read())
        {
            foreach (var fault in faults[intake.Row.Line])
                intake.Row.Refuse(places[fault.Column], fault.Code, fault.Reason);
            if (!intake.Row.IsGood)
                table.Add();
        }

        table.Complete();
    }

    RosterDraft? Read(IntakeRow row, RosterOutcome outcome)
    {
        Stop(row, outcome);
        var category = Category(row, outcome);
        if (!row.IsGood)
            return null;
        if (!CitizenNumber.TryParse(row.Text(RosterTable.Number), out var number, out var refusal))
            row.Refuse(RosterTable.Number, RosterFaults.WrongNumber, refusal.Text);
        var name = Name(row);
        var (isAddition, day) = order.Kind == RosterKind.Full ? (true, order.EffectiveOn) : Change(row);
        return !row.IsGood || category is null ? null : new(
            row.Line, ListedPeople.Key(vault.Hash(number!.Full)), number.Masked, name, category, isAddition, day);
    }

    /// <summary>A blank identity or category stops the whole list: nobody knows whom or what it would take away.</summary>
    void Stop(IntakeRow row, RosterOutcome outcome)
    {
        foreach (var fault in row.Faults.Where(fault => fault.Code == IntakeFault.Blank && outcome.Stops.Count < MostStops))
            if (fault.Column == shape.Columns[RosterTable.Number].Name)
                outcome.Stops.Add($"第 {row.Line} 行没有身份证号码；空白的身份会使整份名单无法核对，请补填后重新上传");
            else if (fault.Column == RosterTable.CategoryName)
                outcome.Stops.Add($"第 {row.Line} 行没有人员类别；请补填后重新上传");
    }

    string? Category(IntakeRow row, RosterOutcome outcome)
    {
        var text = order.Category.Length > 0 ? order.Category : row.Text(RosterTable.Category);
        if (text.Length == 0)
            return null;
        if (!categories.TryGetValue(text, out var code))
        {
            categories.Add(text, code = names.Find(text, words.Categories));
            if (code is null)
                outcome.UnknownCategories.Add(text);
        }

        return code;
    }

    static string? Name(IntakeRow row)
    {
        var text = row.Text(RosterTable.Name);
        if (text.Length == 0)
            return null;
        if (PersonName.TryParse(text, out var name, out var refusal))
            return name.Text;
        row.Refuse(RosterTable.Name, RosterFaults.OtherName, refusal.Text);
        return null;
    }

    (bool IsAddition, DateOnly Day) Change(IntakeRow row)
    {
        var day = row.Date(RosterTable.Day) ?? order.EffectiveOn;
        if (day > order.EffectiveOn)
            row.Refuse(RosterTable.Day, RosterFaults.LaterDay, $"动态调整时间晚于{order.EffectiveOn:yyyy-MM-dd}；请核对");
        var word = row.Text(RosterTable.Change);
        if (word is not ("新增" or "退出"))
            row.Refuse(RosterTable.Change, RosterFaults.UnknownChange, "动态调整类型应为“新增”或“退出”");
        return (word == "新增", day);
    }
}
