using System.Text;
using CsCheck;
using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class PersonNameTests
{
    static readonly Gen<string> Han = Gen.OneOf("张", "王", "〇", "𠮷", "䶮", "龴", "\U00020087", "\U000323B0");

    static readonly Gen<string> Mixed = Gen.OneOf("张", "三", "𠮷", "A", " ", "　", "·", "・", "\uE863", "'");

    /// <summary>One row for each refusal, in the order of <see cref="PersonNameRefusals.Codes"/>.</summary>
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "　", "person_name.empty", "姓名为空，请填写。" },
        { "张\u200B三", "person_name.invisible", "姓名中有换行或看不见的字符，请清空后重新录入。" },
        { "张三2", "person_name.digit", "姓名中有数字，请删除数字；同名的人请用证件号码区分。" },
        { "张?", "person_name.placeholder", "姓名中有“?”“□”“*”等符号，原字已丢失或被遮盖，请对照证件录入原字。" },
        { "张\uE000", "person_name.private_use", "姓名中有自造字，其他系统无法识别，请用国家标准GB 18030的编码录入该字。" },
        { "张三（亡）", "person_name.character", "姓名第3个字符不是姓名用字，请删除符号、括号和备注，英文字母用半角。" },
        { "艾力.买买提", "person_name.separator", "姓名间隔符应为一个“·”，只能写在两部分之间，请改正。" },
        { "艾力 买买提", "person_name.blank", "姓名中间有空格：是间隔符的请改为“·”，不是的请删除空格。" },
        { new string('张', 51), "person_name.length", "姓名最多50个字符，现为51个，请对照证件核对。" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_says_what_is_wrong_and_what_to_do(string given, string code, string text)
    {
        Assert.False(PersonName.TryParse(given, out var name, out var refusal));
        Assert.Null(name);
        Assert.Equal(new Refusal(code, text), refusal);
    }

    [Fact]
    public void Every_refusal_has_a_golden_row_in_order() =>
        Assert.Equal(PersonNameRefusals.Codes, Refusals.Select(row => row.Data.Item2));

    [Theory]
    [InlineData("", "person_name.empty")]
    [InlineData("张\n三", "person_name.invisible")]
    [InlineData("张\u2028三", "person_name.invisible")]
    [InlineData("\uFEFF张三", "person_name.invisible")]
    [InlineData("张３", "person_name.digit")]
    [InlineData("张①", "person_name.digit")]
    [InlineData("张Ⅱ", "person_name.digit")]
    [InlineData("张□", "person_name.placeholder")]
    [InlineData("张*", "person_name.placeholder")]
    [InlineData("张？", "person_name.placeholder")]
    [InlineData("张\uFFFD", "person_name.placeholder")]
    [InlineData("张\U000F0000", "person_name.private_use")]
    [InlineData("张\uE815", "person_name.private_use")]
    [InlineData("张\uE78D", "person_name.private_use")]
    [InlineData("张\u2E81", "person_name.character")]
    [InlineData("张Ａ", "person_name.character")]
    [InlineData("张-三", "person_name.character")]
    [InlineData("张三😀", "person_name.character")]
    [InlineData("张\u0301", "person_name.character")]
    [InlineData("·张三", "person_name.separator")]
    [InlineData("张三·", "person_name.separator")]
    [InlineData("艾力··买买提", "person_name.separator")]
    [InlineData("艾力· ·买买提", "person_name.separator")]
    [InlineData("艾力．买买提", "person_name.separator")]
    [InlineData("艾力。买买提", "person_name.separator")]
    [InlineData("·", "person_name.separator")]
    [InlineData("-", "person_name.separator")]
    [InlineData("张 三 丰", "person_name.blank")]
    [InlineData("张 A", "person_name.blank")]
    public void Near_misses_are_refused(string given, string code)
    {
        Assert.False(PersonName.TryParse(given, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_as_a_lost_character()
    {
        Assert.False(PersonName.TryParse("张" + "𠮷"[0], out _, out var refusal));
        Assert.Equal(PersonNameRefusals.Placeholder, refusal);
    }

    [Theory]
    [InlineData("张三", "张三", 2)]
    [InlineData(" 张三　", "张三", 2)]
    [InlineData("张　三", "张三", 2)]
    [InlineData("张 \u00A0 三", "张三", 2)]
    [InlineData("𠮷", "𠮷", 1)]
    [InlineData("王𠮷〇", "王𠮷〇", 3)]
    [InlineData("阿卜杜·热合曼", "阿卜杜·热合曼", 7)]
    [InlineData("阿卜杜 · 热合曼", "阿卜杜·热合曼", 7)]
    [InlineData("阿卜杜　　·　热合曼", "阿卜杜·热合曼", 7)]
    [InlineData("郎\uF92C", "郎\uF92C", 2)]
    [InlineData("JOHN   O’NEIL-SMITH, JR.", "JOHN O'NEIL-SMITH, JR.", 22)]
    [InlineData("José", "José", 4)]
    public void A_name_is_kept_but_for_what_has_one_reading(string given, string text, int length)
    {
        var name = Parse(given);
        Assert.Equal(text, name.Text);
        Assert.Equal(text, name.ToString());
        Assert.Equal(length, name.Length);
    }

    [Theory]
    [InlineData('\u00B7')]
    [InlineData('\u2022')]
    [InlineData('\u2027')]
    [InlineData('\u30FB')]
    [InlineData('\uFF65')]
    [InlineData('\u2219')]
    [InlineData('\u22C5')]
    [InlineData('\u0387')]
    [InlineData('\u2E31')]
    public void Middle_dots_of_every_kind_become_the_separator(char dot) =>
        Assert.Equal("艾力\u00B7买买提", Parse($"艾力{dot}买买提").Text);

    [Theory]
    [InlineData(0xE81E, 0x9FB4)]
    [InlineData(0xE826, 0x9FB5)]
    [InlineData(0xE82B, 0x9FB6)]
    [InlineData(0xE82C, 0x9FB7)]
    [InlineData(0xE832, 0x9FB8)]
    [InlineData(0xE843, 0x9FB9)]
    [InlineData(0xE854, 0x9FBA)]
    [InlineData(0xE864, 0x9FBB)]
    [InlineData(0xE816, 0x20087)]
    [InlineData(0xE817, 0x20089)]
    [InlineData(0xE818, 0x200CC)]
    [InlineData(0xE831, 0x215D7)]
    [InlineData(0xE83B, 0x2298F)]
    [InlineData(0xE855, 0x241FE)]
    public void The_characters_that_GB_18030_2022_moved_are_written_in_the_new_way(int old, int standard) =>
        Assert.Equal("刘" + char.ConvertFromUtf32(standard), Parse("刘" + char.ConvertFromUtf32(old)).Text);

    [Fact]
    public void The_characters_that_GBK_kept_private_are_written_in_the_standard_way()
    {
        const string Moved = "㑳㑇㖞㘚㘎㥮㤘㧏㧟㩳㧐㭎㱮㳠䁖䅟䌷䎱䎬䏝䓖䙡䙌䜣䜩䝼䞍䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮";
        int[] recent = [0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864, 0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855];
        var found = new StringBuilder();
        for (int old = 0xE815; old <= 0xE864; old++)
            if (!recent.Contains(old) && PersonName.TryParse(char.ConvertFromUtf32(old), out var name, out _))
                found.Append(name.Text);
        Assert.Equal(Moved, found.ToString());
    }

    [Theory]
    [InlineData("张", "*")]
    [InlineData("张三", "张*")]
    [InlineData("王小明", "王*明")]
    [InlineData("欧阳娜娜", "欧**娜")]
    [InlineData("王𠮷𠮷", "王*𠮷")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("阿卜杜·热合曼", "阿**·**曼")]
    [InlineData("JOHN SMITH", "J*** ****H")]
    public void A_posted_name_shows_its_ends_only(string given, string masked) => Assert.Equal(masked, Parse(given).Masked);

    [Fact]
    public void Rare_characters_are_kept_and_count_once() => Han.Array[1, PersonName.MaxLength].Sample(parts =>
    {
        var name = Parse(string.Concat(parts));
        return name.Text == string.Concat(parts) && name.Length == parts.Length;
    });

    [Fact]
    public void Fifty_characters_are_the_most() => Han.Array[PersonName.MaxLength + 1, 60].Sample(parts =>
        !PersonName.TryParse(string.Concat(parts), out _, out var refusal) && refusal.Code == "person_name.length");

    [Fact]
    public void A_name_is_read_back_as_itself() =>
        Mixed.Array[0, 8].Sample(parts =>
            !PersonName.TryParse(string.Concat(parts), out var name, out _) || Parse(name.Text) == name);

    static PersonName Parse(string text)
    {
        Assert.True(PersonName.TryParse(text, out var name, out var refusal), refusal?.ToString());
        return name;
    }
}
