using System.Globalization;
using Canbao.Policy.Facts;
using Canbao.Vocabulary;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Canbao.Policy.Packs;

/// <summary>
/// A value in a YAML file that knows its place. Reading never throws on what a person wrote: it adds a finding and gives a stand-in,
/// so that one pass shows every fault of a file.
/// </summary>
sealed class YamlField
{
    readonly YamlNode? node;
    readonly string name;
    readonly YamlField? parent;
    readonly string file;

    YamlField(YamlNode? node, string name, YamlField? parent, string file, List<Finding> findings)
    {
        this.node = node;
        this.name = name;
        this.parent = parent;
        this.file = file;
        Findings = findings;
    }

    public List<Finding> Findings { get; }

    public string Name => name;

    public bool IsGiven => node is not null;

    public bool IsMapping => node is YamlMappingNode;

    public bool IsList => node is YamlSequenceNode;

    public SourcePlace At => node is null
        ? parent?.At ?? new SourcePlace(1, 1)
        : new SourcePlace((int)node.Start.Line, (int)node.Start.Column);

    /// <summary>Reads a file's text; null with a finding where it is no YAML mapping.</summary>
    public static YamlField? Read(string text, string file, List<Finding> findings)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1)
                return new YamlField(stream.Documents[0].RootNode, file, null, file, findings);
            findings.Add(new Finding("P101", file, new SourcePlace(1, 1),
                $"文件应恰有一个 YAML 文档，实有 {stream.Documents.Count} 个；请删去多余的“---”或补写内容"));
        }
        catch (YamlException fault)
        {
            var repeated = fault.Message.Contains("uplicate key", StringComparison.Ordinal);
            findings.Add(new Finding(repeated ? "P102" : "P101", file, PlaceOf(fault, text),
                repeated ? "同一处写了两个相同的键；请只留一个" : "不是有效的 YAML；请检查缩进、引号和括号；冒号、逗号须用半角，冒号后须有空格，不能用制表符"));
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // The parser gives up on some open brackets and empty keys without saying where.
            findings.Add(new Finding("P101", file, new SourcePlace(1, 1), "不是有效的 YAML；请检查括号是否配对、冒号前是否缺少键；冒号、逗号须用半角"));
        }

        return null;
    }

    /// <summary>A tab is always wrong and named where it stands; the parser may notice it only at the end, or behind the text.</summary>
    static SourcePlace PlaceOf(YamlException fault, string text)
    {
        var lines = text.Split('\n');
        var tab = Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t'));
        return tab >= 0
            ? new SourcePlace(tab + 1, lines[tab].IndexOf('\t') + 1)
            : new SourcePlace(Math.Clamp((int)fault.Start.Line, 1, lines.Length), Math.Max((int)fault.Start.Column, 1));
    }

    public void Fault(string code, string text) => Findings.Add(new Finding(code, file, At, text));

    /// <summary>The fields of a mapping; keys other than the known ones are findings.</summary>
    public Dictionary<string, YamlField> Fields(params ReadOnlySpan<string> known)
    {
        var fields = new Dictionary<string, YamlField>(StringComparer.Ordinal);
        if (node is YamlMappingNode mapping)
        {
            foreach (var (keyNode, value) in mapping)
            {
                var key = (keyNode as YamlScalarNode)?.Value ?? "";
                var field = new YamlField(value, key, this, file, Findings);
                if (known.IsEmpty || known.Contains(key))
                    fields[key] = field;
                else
                    Findings.Add(new Finding("P103", file, new SourcePlace((int)keyNode.Start.Line, (int)keyNode.Start.Column),
                        $"不认识的键“{key}”；{Nearest(key, known)}此处可写：{string.Join("、", known.ToArray())}"));
            }
        }
        else if (node is not null)
        {
            Fault("P104", $"“{name}”应为“键: 值”的形式");
        }

        foreach (var key in known)
            fields.TryAdd(key, new YamlField(null, key, this, file, Findings));
        return fields;
    }

    /// <summary>The items of a list; a single value counts as a list of one; nothing where absent.</summary>
    public IEnumerable<YamlField> Items() => node switch
    {
        null => [],
        YamlSequenceNode list => list.Select(item => new YamlField(item, name, this, file, Findings)),
        _ => [this],
    };

    /// <summary>A required text.</summary>
    public string Text()
    {
        if (node is YamlScalarNode { Value.Length: > 0 } scalar)
            return scalar.Value;
        Fault("P105", node is null ? $"缺少“{name}”；请补写" : $"“{name}”应为一段文字");
        return "";
    }

    public string? OptionalText() => IsGiven ? Text() : null;

    /// <summary>One of some words.</summary>
    public TValue OneOf<TValue>(string known, Func<string, TValue?> read)
        where TValue : struct
    {
        var text = Text();
        if (read(text) is { } value)
            return value;
        if (text.Length > 0)
            Fault("P106", $"“{name}”不能写“{text}”；可写：{known}");
        return default;
    }

    /// <param name="otherwise">What may be written besides an amount.</param>
    public Money Amount(string otherwise = "")
    {
        var text = Text();
        if (Money.TryParseYuan(text, out var amount) && text.Contains('.') && amount >= Money.Zero)
            return amount;
        if (text.Length > 0)
            Fault("P107", $"金额“{text}”应以元为单位、写两位小数且不为负，如 320.00{otherwise}");
        return Money.Zero;
    }

    public int Number(int least, int most)
    {
        var text = Text();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        if (text.Length > 0)
            Fault("P108", $"“{name}”应为 {least} 至 {most} 的整数，不能写“{text}”");
        return least;
    }

    public int Percent()
    {
        var text = Text();
        if (text.EndsWith('%') && int.TryParse(text[..^1], NumberStyles.None, null, out var percent) && percent <= 100)
            return percent;
        if (text.Length > 0)
            Fault("P109", $"“{text}”应为 0% 至 100% 的整数百分比，如 50%");
        return 0;
    }

    public DateOnly Day()
    {
        var text = Text();
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (text.Length > 0)
            Fault("P110", $"日期“{text}”不存在或写法不对；应写成 2021-10-26");
        return PlausibleDay;
    }

    public DateRange Days()
    {
        var text = Text();
        if (DateRange.TryParse(text, out var days))
            return days;
        if (text.Length > 0)
            Fault("P110", $"日期范围“{text}”不对（日期不存在、次序颠倒或写法不对）；应写成 2021-10-26..2021-12-10，一端可空");
        return new DateRange(PlausibleDay, PlausibleDay);
    }

    /// <summary>A range of whole numbers such as <c>60..</c>, <c>..17</c> or <c>1..25</c>, both ends inclusive.</summary>
    public (int? From, int? To) NumberRange(int least, int most)
    {
        var text = Text();
        var parts = text.Split("..");
        if (parts.Length == 2 && TryEnd(parts[0], out var from) && TryEnd(parts[1], out var to) && (from ?? to) is not null && !(from > to))
            return (from, to);
        if (text.Length > 0)
            Fault("P111", $"“{name}”应写成 {least} 至 {most} 之间的范围，如 60.. 或 ..17，不能写“{text}”");
        return (least, most);

        bool TryEnd(string end, out int? value)
        {
            value = int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            return end.Length == 0 || (value >= least && value <= most);
        }
    }

    public bool YesOrNo() => OneOf("yes、no", text => text switch { "yes" => (bool?)true, "no" => false, _ => null });

    static readonly DateOnly PlausibleDay = new(2000, 1, 1);

    static string Nearest(string key, ReadOnlySpan<string> known)
    {
        foreach (var candidate in known)
            if (candidate.IsNear(key))
                return $"是不是“{candidate}”？";
        return "";
    }
}
