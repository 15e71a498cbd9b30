using System.Text;
using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class NameInitialsTests
{
    [Theory]
    [InlineData("王小明", "wxm")]
    [InlineData("张三", "zs")]
    [InlineData("李", "l")]
    [InlineData("欧阳娜娜", "oynn")]
    // Surnames that are read otherwise than the character elsewhere.
    [InlineData("单小单", "sxd")]
    [InlineData("曾国曾", "zgc")]
    [InlineData("仇大勇", "qdy")]
    [InlineData("解学解", "xxj")]
    [InlineData("任区", "rq")]
    [InlineData("区任", "or")]
    [InlineData("查良解", "zlj")]
    [InlineData("覃秀英", "qxy")]
    [InlineData("翟天乐", "ztl")]
    [InlineData("乐重", "yz")]
    [InlineData("尉迟恭", "ycg")]
    [InlineData("尉健", "wj")]
    [InlineData("万俟长生", "mqcs")]
    [InlineData("万长", "wc")]
    [InlineData("長孫無忌", "zswj")]
    [InlineData("澹台晟", "tts")]
    // Names without a Chinese surname, in other letters, and of rare characters.
    [InlineData("单增·解放", "dzjf")]
    [InlineData("阿不都热西提·买买提", "abdrxtmmt")]
    [InlineData("JOHN Smith", "js")]
    [InlineData("Mary王", "mw")]
    [InlineData("José", "j")]
    [InlineData("Ольга", "?")]
    [InlineData("王\U00020087\U00030000", "wz?")]
    [InlineData("〇", "l")]
    [InlineData("𠮷田", "jt")]
    [InlineData("", "")]
    public void A_name_has_a_letter_for_each_character(string name, string letters) => Assert.Equal(letters, NameInitials.Of(name));

    [Theory]
    [InlineData("wxm", "wxm")]
    [InlineData("WX", "wx")]
    [InlineData("w", "")]
    [InlineData("王xm", "")]
    [InlineData("wx1", "")]
    [InlineData("ｗｘｍ", "")]
    [InlineData("", "")]
    public void Two_letters_or_more_are_initials(string typed, string letters)
    {
        Assert.Equal(letters.Length > 0, NameInitials.TryRead(typed, out var read));
        Assert.Equal(letters, read);
    }

    /// <summary>What has no Mandarin reading are signs for units of measure and characters of Japan's own.</summary>
    [Fact]
    public void Every_other_character_of_the_basic_block_has_a_reading() => Assert.Equal(
        "兙兡嗧桛烪瓧瓰瓱瓼甅",
        string.Concat(Enumerable.Range(0x4E00, 0x9FA6 - 0x4E00).Where(code => NameInitials.Of($"{new Rune(code)}") == "?")
            .Select(code => new Rune(code))));
}
