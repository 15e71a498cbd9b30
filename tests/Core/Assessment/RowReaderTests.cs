using System.Text;
using Canbao.Core.Assessment.Batch;
using Canbao.Core.Files;
using Canbao.Policy.Facts;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

/// <summary>Every value of every column, and every refusal word for word.</summary>
public class RowReaderTests
{
    static readonly PersonFacts Base = new()
    {
        BirthDate = new DateOnly(1985, 3, 20),
        PaidOn = new DateOnly(2021, 11, 5),
    };

    static readonly string Categories = string.Join(';', Baogou.Plan.Pack.Catalogue.Categories.Select(category => category.Code));

    public static TheoryData<string, string, PersonFacts> Values()
    {
        var rows = new TheoryData<string, string, PersonFacts>
        {
            { "birth_date", "1800-01-01", Base with { BirthDate = new DateOnly(1800, 1, 1) } },
            { "birth_date", "2021-11-05", Base with { BirthDate = new DateOnly(2021, 11, 5) } },
            { "employee_cover_ended", "2021-11-05", Base with { EmployeeCoverEnded = new DateOnly(2021, 11, 5) } },
            { "school_entry_date", "2199-12-31", Base with { SchoolEntryDate = new DateOnly(2199, 12, 31) } },
            { "registered_on", "2021-11-05", Base with { RegisteredOn = new DateOnly(2021, 11, 5) } },
            { "paid_on", "2022-01-01", Base with { PaidOn = new DateOnly(2022, 1, 1) } },
            { "scope_status", "", Base },
            { "tier", "", Base },
            { "first_time", "", Base },
            { "first_time", "no", Base },
            { "first_time", "yes", Base with { FirstTime = true } },
            { "categories", "", Base },
            { "categories", Categories, Base with { Categories = ulong.MaxValue >> (64 - Baogou.Plan.Pack.Catalogue.Categories.Length) } },
            { "categories", "orphan;orphan", Base with { Categories = Bit("orphan") } },
            { "categories", "orphan;disability", Base with { Categories = Bit("orphan") | Bit("disability") } },
        };
        foreach (var category in Baogou.Plan.Pack.Catalogue.Categories)
            rows.Add("categories", category.Code, Base with { Categories = Bit(category.Code) });
        Add(CodeSet.Residence, (facts, index) => facts with { Residence = (Residence)index });
        Add(CodeSet.Employment, (facts, index) => facts with { Employment = (Employment)index });
        Add(CodeSet.Student, (facts, index) => facts with { Student = (Student)index });
        Add(CodeSet.ScopeStatus, (facts, index) => facts with { ScopeStatus = (ScopeStatus)index });
        Add(CodeSet.Tier, (facts, index) => facts with { Tier = (byte)index });
        Add(CodeSet.OtherCover, (facts, index) => facts with { OtherCover = (OtherCover)index });
        return rows;

        void Add(CodeSet codes, Func<PersonFacts, int, PersonFacts> with)
        {
            for (var i = 0; i < codes.Values.Length; i++)
                rows.Add(codes.Column, codes.Values[i].Text, with(Base, i));
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_becomes_a_fact(string column, string value, PersonFacts facts)
    {
        Assert.True(TryRead(out var read, out var fault, (column, value)), fault.Reason);
        Assert.Equal(facts, read);
    }

    const string EmptyDay = "不能为空；请填写日期，如 2021-11-01";

    public static TheoryData<string, string, string> Refusals() => new()
    {
        { "person_id", "", "不能为空；请填写唯一的编号" },
        { "person_id", "=1", "“=1”以 = + - @ 开头，在表格软件中会被当作公式；请改用其他编号" },
        { "person_id", "+1", "“+1”以 = + - @ 开头，在表格软件中会被当作公式；请改用其他编号" },
        { "person_id", "-1", "“-1”以 = + - @ 开头，在表格软件中会被当作公式；请改用其他编号" },
        { "person_id", "@1", "“@1”以 = + - @ 开头，在表格软件中会被当作公式；请改用其他编号" },
        { "person_id", "a\0", "含有不可见的控制字符；请重新录入该编号" },
        { "person_id", "\u001Ba", "含有不可见的控制字符；请重新录入该编号" },
        { "person_id", "a\u000Bb", "含有不可见的控制字符；请重新录入该编号" },
        { "person_id", "a\u000C", "含有不可见的控制字符；请重新录入该编号" },
        { "person_id", WorkbookSource.LostDigits, "单元格是超过15位的数字，后面的数位已丢失；请把该列设为文本后重新录入" },
        { "birth_date", "", EmptyDay },
        { "paid_on", "", EmptyDay },
        { "birth_date", "20210101", "“20210101”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "school_entry_date", "2021-02-30", "“2021-02-30”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "employee_cover_ended", "?", "“?”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "registered_on", "2021-11-01 12:00:00", "“2021-11-01 12:00:00”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "paid_on", " 2021-11-01", "“ 2021-11-01”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "birth_date", "a\nb", "“a b”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "birth_date", "\u001B[2J\0", "“�[2J�”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "birth_date", new string('x', 300), $"“{new string('x', 40)}…”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "birth_date", "x" + string.Concat(Enumerable.Repeat("𠮷", 60)),
            $"“x{string.Concat(Enumerable.Repeat("𠮷", 19))}…”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在" },
        { "residence", "", "不能为空；可填：local_hukou、residence_permit、non_local、hmt" },
        { "residence", "Local_hukou", "不能填“Local_hukou”；可填：local_hukou、residence_permit、non_local、hmt" },
        { "employment", "", "不能为空；可填：none、employee、flexible" },
        { "employment", "none ", "不能填“none ”；可填：none、employee、flexible" },
        { "student", "", "不能为空；可填：none、kindergarten、school、college、vocational" },
        { "student", "大学", "不能填“大学”；可填：none、kindergarten、school、college、vocational" },
        { "scope_status", "none", "不能填“none”；可填：（空）、clergy、inmate、armed_police、foundling、failing_firm、migrant_child" },
        { "tier", "3", "不能填“3”；可填：（空）、1、2" },
        { "tier", "0", "不能填“0”；可填：（空）、1、2" },
        { "other_cover", "", "不能为空；可填：none、employee_elsewhere、resident_elsewhere" },
        { "other_cover", "no", "不能填“no”；可填：none、employee_elsewhere、resident_elsewhere" },
        { "first_time", "是", "不能填“是”；可填：no、yes" },
        { "categories", "poor", "不认识人员类别“poor”；请按 categories.yaml 中的代码填写，多个之间用分号 ; 分隔" },
        { "categories", "orphan;", "“orphan;”中有空的类别；请删去多余的分号" },
        { "categories", "orphan,disability", "不认识人员类别“orphan,disability”；请按 categories.yaml 中的代码填写，多个之间用分号 ; 分隔" },
        { "categories", "orphan；disability", "不认识人员类别“orphan；disability”；请按 categories.yaml 中的代码填写，多个之间用分号 ; 分隔" },
        { "categories", "minimum_living", "不认识人员类别“minimum_living”；请按 categories.yaml 中的代码填写，多个之间用分号 ; 分隔" },
        { "birth_date", "2021-11-06", "出生日期2021-11-06晚于缴费日期2021-11-05，请核对两个日期" },
        { "registered_on", "2021-11-06", "登记日期2021-11-06晚于缴费日期2021-11-05，请核对两个日期" },
        { "employee_cover_ended", "2021-11-06", "职工医保停保日期2021-11-06晚于缴费日期2021-11-05，请核对两个日期" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_value_is_refused_with_its_column_and_a_reason(string column, string value, string reason)
    {
        Assert.False(TryRead(out _, out var fault, (column, value)));
        Assert.Equal(new RowFault(column, reason), fault);
    }

    [Fact]
    public void A_birth_after_the_registration_is_refused_at_the_birth()
    {
        Assert.False(TryRead(out _, out var fault, ("birth_date", "2021-11-04"), ("registered_on", "2021-11-03")));
        Assert.Equal(new RowFault("birth_date", "出生日期2021-11-04晚于登记日期2021-11-03，请核对两个日期"), fault);
    }

    [Fact]
    public void Of_several_faults_the_first_column_of_the_contract_is_told()
    {
        Assert.False(TryRead(out _, out var fault, ("paid_on", "x"), ("tier", "x"), ("birth_date", "x")));
        Assert.Equal("birth_date", fault.Column);
    }

    static ulong Bit(string category) => 1UL << Baogou.Plan.Pack.Catalogue.IndexOf(category);

    static bool TryRead(out PersonFacts facts, out RowFault fault, params (string Column, string Value)[] changes)
    {
        var values = Baogou.Adult("a").TrimEnd().Split(',');
        foreach (var (column, value) in changes)
            values[InputHeader.Names.IndexOf(column)] = value;
        var header = InputHeader.Read(Record(Baogou.Header), needsPaidOn: true);
        return new RowReader(header, Baogou.Plan.Pack.Catalogue, PersonFacts.NoDate)
            .TryRead(Record(string.Join(',', values.Select(CsvText.Field)) + "\n"), out facts, out fault);
    }

    static CsvRecord Record(string line)
    {
        var record = new CsvRecord();
        var bytes = Encoding.UTF8.GetBytes(line);
        Assert.True(record.Split(bytes, 0, bytes.Length));
        return record;
    }
}
