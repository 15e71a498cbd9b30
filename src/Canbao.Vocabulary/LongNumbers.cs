namespace Canbao.Vocabulary;

/// <summary>Hides identity and phone numbers in texts that people write freely: reasons, file names, cells that are refused.</summary>
public static class LongNumbers
{
    const int ShownBefore = 3, ShownBehind = 2, Fewest = 11;

    /// <summary>The text with only the ends of each run of 11 or more digits, as phones and identity numbers are.</summary>
    public static string Hidden(string text)
    {
        var shown = text.ToCharArray();
        for (int start = 0, at = 0; at <= shown.Length; at++)
        {
            if (at < shown.Length && (char.IsDigit(shown[at]) || shown[at] is 'X' or 'x'))
                continue;
            if (at - start >= Fewest)
                shown.AsSpan(start + ShownBefore, at - start - ShownBefore - ShownBehind).Fill('*');
            start = at + 1;
        }

        return new string(shown);
    }
}
