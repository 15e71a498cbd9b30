using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Packs;

/// <summary>Reads <c>when</c>: the conditions of a rule, all of which must hold.</summary>
sealed class ConditionReader(CategoryCatalogue catalogue, DateOnly ageCountedOn)
{
    /// <summary>The name that stands for every category that the pack's assistance names (decision 6).</summary>
    public const string Listed = "listed";

    static readonly string[] Keys =
    [
        .. CodeSet.All.Select(codes => codes.Column), "category", "born", "age", "day_of_month", "school_entry", "registered",
        "registered_in_birth_year", "paid_within_days_of_birth", "paid_within_months_of_birth", "paid_within_days_of_employee_cover",
        "paid_within_months_of_employee_cover",
    ];

    /// <summary>Categories named by assistance; set once those rules are read.</summary>
    public ulong ListedCategories { get; set; }

    public ImmutableArray<Question> Read(YamlField when)
    {
        if (!when.IsGiven)
            return [];
        var fields = when.Fields(Keys);
        var questions = ImmutableArray.CreateBuilder<Question>();
        foreach (var codes in CodeSet.All)
            if (fields[codes.Column] is { IsGiven: true } field)
                questions.Add(new Question.OneOf(codes, Codes(field, codes)));
        Add("category", field => Categories(field));
        Add("born", field => new Question.BornIn(field.Days()));
        Add("age", Aged);
        Add("day_of_month", field =>
        {
            var (from, to) = field.NumberRange(1, 31);
            return new Question.PaidOnDayOfMonth(from ?? 1, to ?? 31);
        });
        Add("school_entry", field => new Question.EnteredSchoolIn(field.Days()));
        Add("registered", field => new Question.IsRegistered(field.YesOrNo()));
        Add("registered_in_birth_year", field =>
        {
            if (!field.YesOrNo())
                field.Fault("P106", "“registered_in_birth_year”只能写 yes");
            return new Question.RegisteredInBirthYear();
        });
        Add("paid_within_days_of_birth", field => new Question.PaidAfterBirth(new TimeLimit(field.Number(1, 3660), InMonths: false)));
        Add("paid_within_months_of_birth", field => new Question.PaidAfterBirth(new TimeLimit(field.Number(1, 120), InMonths: true)));
        Add("paid_within_days_of_employee_cover",
            field => new Question.PaidAfterEmployeeCover(new TimeLimit(field.Number(1, 3660), InMonths: false)));
        Add("paid_within_months_of_employee_cover",
            field => new Question.PaidAfterEmployeeCover(new TimeLimit(field.Number(1, 120), InMonths: true)));
        return questions.ToImmutable();

        void Add(string key, Func<YamlField, Question> read)
        {
            if (fields[key] is { IsGiven: true } field)
                questions.Add(read(field));
        }
    }

    /// <summary>Ages are full years on the day on which the pack counts them, both ends of the range inclusive.</summary>
    Question.BornIn Aged(YamlField field)
    {
        var (from, to) = field.NumberRange(0, 150);
        return new Question.BornIn(new DateRange(
            to is { } oldest ? ageCountedOn.AddYears(-oldest - 1).AddDays(1) : DateOnly.MinValue,
            from is { } youngest ? ageCountedOn.AddYears(-youngest) : DateOnly.MaxValue));
    }

    static uint Codes(YamlField field, CodeSet codes)
    {
        var set = 0U;
        foreach (var item in field.Items())
        {
            var text = item.Text();
            var index = codes.IndexInPack(text);
            if (index >= 0)
                set |= 1U << index;
            else if (text.Length > 0)
                item.Fault("P106", $"“{codes.Column}”不能写“{text}”；可写：{string.Join("、", codes.Values.Select((_, i) => codes.PackText(i)))}");
        }

        return set;
    }

    Question.HoldsCategory Categories(YamlField field)
    {
        var set = 0UL;
        var names = field.Items().Select(item => item.Text()).ToList();
        foreach (var (item, name) in field.Items().Zip(names))
        {
            var named = name == Listed ? ListedCategories : catalogue.SetOf(name);
            set |= named;
            if (named == 0 && name.Length > 0)
                item.Fault("P201", name == Listed
                    ? "“listed”指资助条款所列的人员类别，但资助条款没有列出任何类别"
                    : $"人员类别“{name}”不在 categories.yaml 中；{catalogue.Suggest(name)}");
        }

        return new Question.HoldsCategory(set, names is [Listed]);
    }
}
