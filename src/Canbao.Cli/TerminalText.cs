namespace Canbao.Cli;

/// <summary>Text in columns of a terminal, where characters from the Han blocks on take two.</summary>
static class TerminalText
{
    /// <summary>The columns that a text takes.</summary>
    public static int Width(string text) => text.Sum(character => character < 0x2E80 ? 1 : 2);

    /// <summary>A text filled up with blanks to some columns.</summary>
    public static string Pad(string text, int columns) => text + new string(' ', Math.Max(columns - Width(text), 0));
}
