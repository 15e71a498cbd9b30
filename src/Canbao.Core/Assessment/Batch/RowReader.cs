using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Canbao.Core.Files;
using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Batch;

/// <summary>Why a row is refused.</summary>
/// <param name="Column">The contract's column.</param>
/// <param name="Reason">What is wrong and what to do, in Chinese, with the value.</param>
public readonly record struct RowFault(string Column, string Reason);

/// <summary>Reads the contract's columns of a record into facts. For one thread.</summary>
public sealed class RowReader
{
    /// <summary>Control characters but for the tab and the two of line ends.</summary>
    static readonly SearchValues<byte> Invisible =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(value => value is not (9 or 10 or 13)).Select(value => (byte)value)]);

    static readonly byte[] LostDigits = Encoding.UTF8.GetBytes(WorkbookSource.LostDigits);

    readonly InputHeader header;
    readonly DateOnly defaultPaidOn;
    readonly ImmutableArray<byte[]> categoryCodes;
    readonly CodeField residence;
    readonly CodeField employment;
    readonly CodeField student;
    readonly CodeField scopeStatus;
    readonly CodeField tier;
    readonly CodeField otherCover;
    readonly CodeField firstTime;
    RowFault fault;

    /// <summary>A reader for a file's columns.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="catalogue">The categories.</param>
    /// <param name="defaultPaidOn">The payment day of rows without one, or <see cref="PersonFacts.NoDate"/>.</param>
    public RowReader(InputHeader header, CategoryCatalogue catalogue, DateOnly defaultPaidOn)
    {
        this.header = header;
        this.defaultPaidOn = defaultPaidOn;
        categoryCodes = [.. catalogue.Categories.Select(category => Encoding.UTF8.GetBytes(category.Code))];
        residence = new CodeField(CodeSet.Residence);
        employment = new CodeField(CodeSet.Employment);
        student = new CodeField(CodeSet.Student);
        scopeStatus = new CodeField(CodeSet.ScopeStatus);
        tier = new CodeField(CodeSet.Tier);
        otherCover = new CodeField(CodeSet.OtherCover);
        firstTime = new CodeField(CodeSet.FirstTime);
    }

    /// <summary>The caller's key of a record.</summary>
    public ReadOnlySpan<byte> PersonId(CsvRecord record) => record[header.PlaceOf(InputColumn.PersonId)];

    /// <summary>Reads a record with as many fields as the header; false with the first fault.</summary>
    public bool TryRead(CsvRecord record, out PersonFacts facts, out RowFault why)
    {
        fault = default;
        CheckPersonId(PersonId(record));
        facts = new PersonFacts
        {
            BirthDate = Date(record, InputColumn.BirthDate, isNeeded: true, PersonFacts.NoDate),
            Residence = (Residence)Code(record, InputColumn.Residence, residence),
            Employment = (Employment)Code(record, InputColumn.Employment, employment),
            Student = (Student)Code(record, InputColumn.Student, student),
            SchoolEntryDate = Date(record, InputColumn.SchoolEntryDate, isNeeded: false, PersonFacts.NoDate),
            ScopeStatus = (ScopeStatus)Code(record, InputColumn.ScopeStatus, scopeStatus),
            Categories = Categories(record),
            Tier = (byte)Code(record, InputColumn.Tier, tier),
            EmployeeCoverEnded = Date(record, InputColumn.EmployeeCoverEnded, isNeeded: false, PersonFacts.NoDate),
            OtherCover = (OtherCover)Code(record, InputColumn.OtherCover, otherCover),
            FirstTime = Code(record, InputColumn.FirstTime, firstTime) == 1,
            RegisteredOn = Date(record, InputColumn.RegisteredOn, isNeeded: false, PersonFacts.NoDate),
            PaidOn = Date(record, InputColumn.PaidOn, defaultPaidOn == PersonFacts.NoDate, defaultPaidOn),
        };
        if (fault.Column is null && facts.FindContradiction() is { } contradiction)
            fault = new RowFault(contradiction.Column, contradiction.Reason);
        why = fault;
        return fault.Column is null;
    }

    void CheckPersonId(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
            Refuse(InputColumn.PersonId, "不能为空；请填写唯一的编号");
        else if (id[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@')
            Refuse(InputColumn.PersonId, $"“{Shown(id)}”以 = + - @ 开头，在表格软件中会被当作公式；请改用其他编号");
        else if (id.SequenceEqual(LostDigits))
            Refuse(InputColumn.PersonId, "单元格是超过15位的数字，后面的数位已丢失；请把该列设为文本后重新录入");
        else if (id.IndexOfAnyInRange((byte)0, (byte)31) >= 0 && id.IndexOfAny(Invisible) >= 0)
            Refuse(InputColumn.PersonId, "含有不可见的控制字符；请重新录入该编号");
    }

    int Code(CsvRecord record, InputColumn column, CodeField codes)
    {
        var place = header.PlaceOf(column);
        if (place < 0)
            return 0;
        var text = record[place];
        var index = codes.IndexOf(text);
        if (index >= 0)
            return index;
        Refuse(column, text.IsEmpty ? $"不能为空；可填：{codes.Known}" : $"不能填“{Shown(text)}”；可填：{codes.Known}");
        return 0;
    }

    DateOnly Date(CsvRecord record, InputColumn column, bool isNeeded, DateOnly whenEmpty)
    {
        var place = header.PlaceOf(column);
        if (place < 0 || record[place] is { IsEmpty: true })
        {
            if (isNeeded)
                Refuse(column, "不能为空；请填写日期，如 2021-11-01");
            return whenEmpty;
        }

        var text = record[place];
        if (ContractDate.TryParse(text, out var day))
            return day;
        Refuse(column, $"“{Shown(text)}”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在");
        return PersonFacts.NoDate;
    }

    ulong Categories(CsvRecord record)
    {
        var place = header.PlaceOf(InputColumn.Categories);
        if (place < 0 || record[place] is { IsEmpty: true })
            return 0;
        var set = 0UL;
        var text = record[place];
        foreach (var range in text.Split((byte)';'))
        {
            var code = text[range];
            var index = IndexOfCategory(code);
            if (code.IsEmpty)
            {
                Refuse(InputColumn.Categories, $"“{Shown(text)}”中有空的类别；请删去多余的分号");
                return 0;
            }

            if (index < 0)
            {
                Refuse(InputColumn.Categories, $"不认识人员类别“{Shown(code)}”；请按 categories.yaml 中的代码填写，多个之间用分号 ; 分隔");
                return 0;
            }

            set |= 1UL << index;
        }

        return set;
    }

    int IndexOfCategory(ReadOnlySpan<byte> code)
    {
        for (var i = 0; i < categoryCodes.Length; i++)
            if (code.SequenceEqual(categoryCodes[i]))
                return i;
        return -1;
    }

    void Refuse(InputColumn column, string reason)
    {
        if (fault.Column is null)
            fault = new RowFault(InputHeader.Names[(int)column], reason);
    }

    /// <summary>A value as a message shows it: not longer than a line can hold, and nothing in it that a terminal would obey.</summary>
    static string Shown(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 200)]).ReplaceLineEndings(" ");
        text = string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
        return text.Length <= 40 ? text : text[..(char.IsHighSurrogate(text[39]) ? 39 : 40)] + "…";
    }

    /// <summary>A coded column's values as bytes.</summary>
    sealed class CodeField(CodeSet codes)
    {
        readonly byte[][] texts = [.. codes.Values.Select(code => Encoding.UTF8.GetBytes(code.Text))];

        public string Known { get; } = string.Join("、", codes.Values.Select(code => code.Text.Length == 0 ? "（空）" : code.Text));

        public int IndexOf(ReadOnlySpan<byte> text)
        {
            if (text.IsEmpty)
                return codes.MayBeEmpty ? 0 : -1;
            for (var i = 0; i < texts.Length; i++)
                if (text.SequenceEqual(texts[i]))
                    return i;
            return -1;
        }
    }
}
