#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Started from the root by scripts/readings.

using System.Globalization;
using System.Text;

const string Table = "src/Canbao.Vocabulary/Data/readings.txt";
const string Field = "\tkMandarin\t";
// The first letter of a syllable with the mark of its tone, and without. No syllable begins with i, u, v or ü.
const string Marked = "āáǎàēéěèêōóǒòńňǹḿ", Plain = "aaaaeeeeeoooonnnm";

if (args is not [var unihan] || !File.Exists(unihan))
{
    Console.Error.WriteLine("Name the file Unihan_Readings.txt, unpacked.");
    return 1;
}

// Where a character has two readings, the first is that of China, the second that of Taiwan (UAX 38).
var letters = new SortedDictionary<char, SortedSet<int>>();
foreach (var line in File.ReadLines(unihan).Where(line => line.StartsWith("U+", StringComparison.Ordinal)))
{
    if (line.Split(Field) is not [var code, var readings])
        continue;
    var first = char.ToLowerInvariant(readings[0]);
    var letter = Marked.IndexOf(first) is >= 0 and var at ? Plain[at] : first;
    if (!char.IsAsciiLetterLower(letter))
        throw new InvalidDataException($"{code} is read {readings}: no letter");
    if (!letters.TryGetValue(letter, out var characters))
        letters.Add(letter, characters = []);
    characters.Add(int.Parse(code.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}

// What is said at the top of the table stays: where it comes from, and the notice that its licence asks for.
var text = new StringBuilder();
foreach (var line in File.ReadLines(Table).TakeWhile(line => line.StartsWith('#')))
    text.Append(line).Append('\n');
foreach (var (letter, characters) in letters)
    text.Append(letter).Append(' ').AppendJoin("", characters.Select(char.ConvertFromUtf32)).Append('\n');
File.WriteAllText(Table, text.ToString());
Console.WriteLine($"{letters.Sum(each => each.Value.Count)} characters, {letters.Count} letters");
return 0;
