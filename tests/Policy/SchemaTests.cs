using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.TestKit;
using NJsonSchema;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>The schema by which editors help with packs says the same as the reader.</summary>
public partial class SchemaTests
{
    /// <summary>What a schema can see: keys, words, numbers and forms; not what one part of a pack says of another.</summary>
    static readonly string[] SeenByASchema = ["P103", "P104", "P105", "P106", "P108", "P109", "P111", "P204"];

    static readonly Task<JsonSchema> Reading = JsonSchema.FromFileAsync(Repository.Path("policies", "policy.schema.json"));

    public static TheoryData<string> PackNames() => [.. Packs.Names];

    public static TheoryData<string> BrokenNames() =>
        [.. PackPatch.Names("Broken").Where(name => SeenByASchema.Contains(PackPatch.Read("Broken", name).Code))];

    [Theory]
    [MemberData(nameof(PackNames))]
    public async Task The_packs_fit(string pack) => Assert.Empty((await Reading).Validate(YamlAsJson.Of(Packs.Text(pack))));

    [Theory]
    [MemberData(nameof(BrokenNames))]
    public async Task Broken_packs_do_not_fit(string name) =>
        Assert.NotEmpty((await Reading).Validate(YamlAsJson.Of(PackPatch.Read("Broken", name).Text())));

    /// <summary>A parser may hand over a number or the same text in quotes.</summary>
    [Theory]
    [InlineData("insurance_year: 2022", "insurance_year: '2022'")]
    [InlineData("amount: 320.00", "amount: '320.00'")]
    [InlineData("resident_pays: 50%", "resident_pays: '50%'")]
    [InlineData("waiting_days: 30", "waiting_days: '30'")]
    [InlineData("first_time: yes", "first_time: 'yes'")]
    [InlineData("age_counted_on: 2021-12-31", "age_counted_on: '2021-12-31'")]
    public async Task Quotes_make_no_difference(string plain, string quoted)
    {
        var text = Packs.Text("baogou-2022");
        Assert.Contains(plain, text, StringComparison.Ordinal);
        var changed = text.Replace(plain, quoted, StringComparison.Ordinal);
        Assert.Empty((await Reading).Validate(YamlAsJson.Of(changed)));
        Assert.NotNull(Packs.Compile(changed, "baogou-2022", []));
    }

    [Theory]
    [InlineData("insurance_year: 2022", "insurance_year: 22")]
    [InlineData("amount: 320.00", "amount: -320.00")]
    [InlineData("amount: 320.00", "amount: '320'")]
    [InlineData("first_time: yes", "first_time: true")]
    [InlineData("born: ..1951-12-31", "born: ..")]
    [InlineData("days: 2021-10-26..2021-12-10", "days: 2021-10-26..")]
    [InlineData("days: 2021-10-26..2021-12-10", "days: 2021-13-26..2021-12-10")]
    [InlineData("age_counted_on: 2021-12-31", "age_counted_on: 0021-12-31")]
    [InlineData("category: severe_disability", "category: severe_disabilty")]
    public async Task Slips_are_shown(string right, string wrong)
    {
        var text = Packs.Text("baogou-2022");
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.NotEmpty((await Reading).Validate(YamlAsJson.Of(text.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Top_keys_and_conditions_are_the_readers_own_lists()
    {
        var schema = await Reading;
        Assert.Equal(ListOf(typeof(PackReader), "TopKeys").Order(), schema.Properties.Keys.Order());
        Assert.Equal(ListOf(typeof(PackReader).Assembly.GetType("Canbao.Policy.Packs.ConditionReader")!, "Keys").Order(),
            schema.Definitions["when"].Properties.Keys.Order());
    }

    /// <summary>The reader names the keys that it knows when it meets one that it does not.</summary>
    [Theory]
    [InlineData("", "place:", "strange: 1\nplace:")]
    [InlineData("notice", "  issuer:", "  strange: 1\n  issuer:")]
    [InlineData("standards", "personal: {", "personal: {strange: 1, ")]
    [InlineData("subsidy", "subsidy: {", "subsidy: {strange: 1, ")]
    [InlineData("several_grounds", "several_grounds: {", "several_grounds: {strange: 1, ")]
    [InlineData("scope", "scope:\n  - ", "scope:\n  - strange: 1\n    ")]
    [InlineData("registration", "registration:\n  - ", "registration:\n  - strange: 1\n    ")]
    [InlineData("periods", "periods:\n  - ", "periods:\n  - strange: 1\n    ")]
    [InlineData("personal_standard", "personal_standard:\n  - ", "personal_standard:\n  - strange: 1\n    ")]
    [InlineData("payment", "payment:\n  - ", "payment:\n  - strange: 1\n    ")]
    [InlineData("assistance", "assistance:\n  - ", "assistance:\n  - strange: 1\n    ")]
    [InlineData("cover", "cover:\n  - ", "cover:\n  - strange: 1\n    ")]
    [InlineData("refunds", "refunds: []", "refunds:\n  - strange: 1")]
    public async Task Keys_are_those_that_the_reader_knows(string place, string before, string after)
    {
        var text = Packs.Text("baogou-2022");
        var at = text.IndexOf($"\n{before}", StringComparison.Ordinal) is >= 0 and var start ? start + 1
            : text.IndexOf(before, StringComparison.Ordinal);
        var findings = new List<Finding>();
        Packs.Compile(string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length)), "baogou-2022", findings);
        var known = KnownKeys().Match(findings.First(finding => finding.Code == "P103").Text).Groups[1].Value.Split('、');

        var schema = await Reading;
        var property = place.Length == 0 ? schema : schema.Properties[place].ActualSchema;
        var keyed = property.Item ?? (place == "standards" ? property.AdditionalPropertiesSchema! : property);
        Assert.Equal(known.Order(), keyed.ActualSchema.Properties.Keys.Order());
    }

    [Fact]
    public async Task Every_key_says_in_Chinese_what_it_is_for()
    {
        var keys = Objects(await Reading, []).SelectMany(part => part.ActualProperties).ToList();
        Assert.True(keys.Count > 80);
        Assert.All(keys, key =>
            Assert.Matches(Chinese(), (key.Value.HasReference ? key.Value.ActualSchema : key.Value).Description ?? key.Key));
    }

    [Fact]
    public async Task No_key_is_passed_over() =>
        Assert.All(Objects(await Reading, []).Where(part => part.ActualProperties.Count > 0),
            part => Assert.False(part.AllowAdditionalProperties));

    [Fact]
    public async Task Codes_and_categories_are_those_of_the_catalogues()
    {
        var when = (await Reading).Definitions["when"].Properties;
        Assert.All(CodeSet.All,
            codes => Assert.Equal(codes.Values.Select((_, index) => codes.PackText(index)).Order(), Words(when[codes.Column])));
        var catalogue = Packs.Load("baogou-2022").Pack.Catalogue;
        Assert.Equal(catalogue.Categories.Select(category => category.Code).Concat(catalogue.Groups.Select(group => group.Code))
            .Append("listed").Order(),
            Words(when["category"]));
    }

    [GeneratedRegex("此处可写：(.+)$")]
    private static partial Regex KnownKeys();

    [GeneratedRegex("[\u4e00-\u9fff]{2}")]
    private static partial Regex Chinese();

    static string[] ListOf(Type reader, string field) =>
        (string[])reader.GetField(field, BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>What a key takes alone; a list takes the same.</summary>
    static IEnumerable<string> Words(JsonSchema key)
    {
        var (one, list) = (key.AnyOf.First().ActualSchema, key.AnyOf.Last().Item!.ActualSchema);
        Assert.Equal(one.Enumeration, list.Enumeration);
        return one.Enumeration.Select(word => word!.ToString()!).Distinct().Order();
    }

    static HashSet<JsonSchema> Objects(JsonSchema part, HashSet<JsonSchema> met)
    {
        part = part.ActualSchema;
        if (!met.Add(part))
            return met;
        foreach (var property in part.Properties.Values)
            Objects(property, met);
        foreach (var inner in part.AnyOf.Concat(new[] { part.Item, part.AdditionalPropertiesSchema }.OfType<JsonSchema>()))
            Objects(inner, met);
        return met;
    }
}
