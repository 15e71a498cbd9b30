using Canbao.Core.Work;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class PastedNumbersTests
{
    static readonly DateOnly Today = new(2021, 11, 5);
    static readonly DateOnly Born = new(1985, 3, 20);

    static readonly string One = TestArea.Number(Born, 1).Full, Two = TestArea.Number(Born, 2).Full;

    /// <summary>A number whose check character is X.</summary>
    static readonly string Lettered =
        Enumerable.Range(1, 99).Select(sequence => TestArea.Number(Born, sequence).Full).First(full => full.EndsWith('X'));

    [Fact]
    public void A_column_is_read_as_spreadsheets_and_texts_write_it()
    {
        var wide = string.Concat(One.Select(digit => (char)(digit + 0xFEE0)));
        string[] lines =
        [
            "\uFEFF身份证号码", One, "", $"'{Two}", $"  {Lettered.ToLowerInvariant()}\t", "\"" + One + "\"", wide,
            $"{Two[..6]} {Two[6..14]} {Two[14..]}", $"1\t王小明\t{Two}\t13x", $"{One} {Two}", $"{One}，{Two}；", "\u00A0\u3000",
        ];
        var read = PastedNumbers.Read(string.Join("\r\n", lines), Today);
        (int, string)[] expected =
        [
            (2, One), (4, Two), (5, Lettered), (6, One), (7, One), (8, Two), (9, Two), (10, One), (10, Two), (11, One), (11, Two),
        ];
        Assert.Equal(expected, read.Select(one => (one.Line, one.Number!.Full)));
        Assert.Equal([null, null, null, 2, 2, 4, 4, 2, 4, 2, 4], read.Select(one => one.SameAs));
        Assert.All(read, one => Assert.Equal((one.Number!.Masked, ""), (one.Shown, one.Fault)));
    }

    [Fact]
    public void A_wrong_number_says_in_which_line_what_is_wrong_and_is_hidden()
    {
        var slip = One[..17] + (One[17] == '0' ? '1' : '0');
        var read = PastedNumbers.Read($"{One}\n{slip}\n{One[..17]}\n3.70499E+17\n无\n{One[..10]}O{One[11..]}", Today);
        Assert.Equal([1, 2, 3, 4, 5, 6], read.Select(one => one.Line));
        Assert.Equal(
            [
                "", CitizenNumberRefusals.CheckDigit.Text, CitizenNumberRefusals.Length(17).Text, CitizenNumberRefusals.Scientific.Text,
                CitizenNumberRefusals.Length(1).Text, CitizenNumberRefusals.Character(11).Text,
            ],
            read.Select(one => one.Fault));
        Assert.Equal("370*************" + slip[^2..], read[1].Shown);
        Assert.Equal("无", read[4].Shown);
        Assert.All(read, one => Assert.DoesNotContain(One[6..14], one.Shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Fifteen_digits_are_the_same_as_eighteen()
    {
        var old = CitizenNumber.Examples[3];
        Assert.True(CitizenNumber.TryParse(old, out var number, out _));
        Assert.Equal(1, PastedNumbers.Read($"{number.Full}\n{old}", Today)[1].SameAs);
    }

    [Fact]
    public void Too_many_and_none_are_refused()
    {
        var most = string.Join('\n', Enumerable.Repeat(One, PastedNumbers.Most));
        Assert.Equal(PastedNumbers.Most, PastedNumbers.Read(most, Today).Count);
        Assert.Equal("R321", Assert.Throws<RefusedException>(() => PastedNumbers.Read(most + "\n" + Two, Today)).Code);
        foreach (var nothing in new[] { "", " \n\t\r\n", "身份证号码\n姓名" })
            Assert.Equal("R322", Assert.Throws<RefusedException>(() => PastedNumbers.Read(nothing, Today)).Code);
    }
}
