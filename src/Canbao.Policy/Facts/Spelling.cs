namespace Canbao.Policy.Facts;

/// <summary>Finds the word that a slip of the hand was meant to be.</summary>
static class Spelling
{
    /// <summary>Whether one word becomes the other by at most two letters left out, added or changed.</summary>
    public static bool IsNear(this string word, string other) => Math.Abs(word.Length - other.Length) <= 2 && Distance(word, other) <= 2;

    static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
