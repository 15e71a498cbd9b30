using System.Globalization;

namespace Canbao.Bench;

/// <summary>The commands of the bench.</summary>
static class Program
{
    static int Main(string[] args)
    {
        switch (args)
        {
            case ["people", var count, var output, .. var rest]:
                PeopleFile.Write(output, Number(count), (ulong)(rest is [var seed] ? Number(seed) : 2022));
                return 0;
            case ["sylvan", var input, var output]:
                SylvanRival.Run(input, output);
                return 0;
            default:
                return 2;
        }
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
