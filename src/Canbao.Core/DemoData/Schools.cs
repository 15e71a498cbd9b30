using System.Collections.Immutable;
using Canbao.Core.Units;

namespace Canbao.Core.DemoData;

/// <summary>A class of a school.</summary>
/// <param name="Unit">The class's unit.</param>
/// <param name="School">The school's name.</param>
sealed record SchoolClass(Unit Unit, string School);

/// <summary>The schools of an area with their classes, as many as its pupils fill.</summary>
sealed class Schools
{
    const int ClassSize = 42;

    /// <param name="Name">What its schools are called.</param>
    /// <param name="FirstAge">Full years on the day before the school year begins, in the lowest grade.</param>
    /// <param name="Grades">The grades' names.</param>
    /// <param name="Size">Pupils that a school has.</param>
    /// <param name="PerGrade">How many of ten thousand people are in one of its grades.</param>
    sealed record Stage(string Name, int FirstAge, string[] Grades, int Size, int PerGrade);

    static readonly Stage[] Stages =
    [
        new("幼儿园", 3, ["小班", "中班", "大班"], 240, 100),
        new("小学", 6, ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级"], 800, 115),
        new("初级中学", 12, ["七年级", "八年级", "九年级"], 900, 120),
        new("高级中学", 15, ["高一", "高二", "高三"], 1800, 66),
        new("职业中专", 15, ["一年级", "二年级", "三年级"], 1500, 36),
    ];

    readonly Chance chance;
    readonly PlaceNames names;
    readonly List<Unit> units;

    /// <summary>Classes by stage, school and grade.</summary>
    readonly SchoolClass[][][][] classes;

    public Schools(DemoArea area, Unit root, int people, Chance chance, PlaceNames names, List<Unit> units)
    {
        (this.chance, this.names, this.units) = (chance, names, units);
        if (!area.HasSchools)
        {
            classes = [];
            return;
        }

        var system = System(root);
        var number = 0;
        classes = [.. Stages.Select(stage => Open(system, stage, people, ref number))];
        if (area.CollegeStudents > 0)
            OpenColleges(system, (int)((long)people * area.CollegeStudents / 1000), ref number);
    }

    /// <summary>The classes of colleges, whose students live there.</summary>
    public List<SchoolClass> Colleges { get; } = [];

    /// <summary>The class of a pupil; null where the area has none.</summary>
    /// <param name="home">Where the pupil lives: neighbours go to the same school.</param>
    /// <param name="isVocational">Whether an older pupil learns a trade.</param>
    /// <param name="age">Full years on the day before the school year begins.</param>
    /// <param name="lot">Decides between the grade's classes.</param>
    public SchoolClass? Find(Home home, bool isVocational, int age, Chance lot)
    {
        var stage = age < 6 ? 0 : age < 12 ? 1 : age < 15 ? 2 : isVocational ? 4 : 3;
        if (classes.Length == 0 || age - Stages[stage].FirstAge >= Stages[stage].Grades.Length)
            return null;
        var schools = classes[stage];
        return lot.Pick<SchoolClass>(schools[home.Place % schools.Length][age - Stages[stage].FirstAge]);
    }

    Unit System(Unit root)
    {
        if (root.Kind == UnitKind.Township)
            return root;
        if (units.Find(unit => unit.Kind == UnitKind.EducationSystem) is { } published)
            return published;
        var system = new Unit($"{root.Code}-90", root.Code, UnitKind.EducationSystem, "教育系统", []);
        units.Add(system);
        return system;
    }

    SchoolClass[][][] Open(Unit system, Stage stage, int people, ref int number)
    {
        var pupils = (int)((long)people * stage.PerGrade * stage.Grades.Length / 10_000);
        var schools = new SchoolClass[Math.Max(1, pupils / stage.Size)][][];
        var perGrade = Math.Max(1, pupils / schools.Length / stage.Grades.Length / ClassSize);
        for (var school = 0; school < schools.Length; school++)
        {
            var unit = AddSchool(system, stage.Name, ++number);
            schools[school] =
            [
                .. stage.Grades.Select((grade, place) => Enumerable.Range(1, perGrade)
                    .Select(count => AddClass(unit, $"{place + 1}{count:00}", $"{grade}（{count}）班"))
                    .ToArray()),
            ];
        }

        return schools;
    }

    void OpenColleges(Unit system, int students, ref int number)
    {
        var college = AddSchool(system, "学院", ++number);
        for (var count = 1; count <= Math.Max(1, students / ClassSize); count++)
            Colleges.Add(AddClass(college, $"{count:0000}", $"{chance.Pick<string>(["会计", "护理", "机电", "软件", "师范", "法学"])}{count:000}班"));
    }

    Unit AddSchool(Unit system, string kind, int number)
    {
        var under = system.Kind == UnitKind.Township ? "-S" : "-";
        var school = new Unit($"{system.Code}{under}{number:000}", system.Code, UnitKind.School, names.School(kind), []);
        units.Add(school);
        return school;
    }

    SchoolClass AddClass(Unit school, string number, string name)
    {
        var unit = new Unit($"{school.Code}-{number}", school.Code, UnitKind.SchoolClass, name, ImmutableArray<string>.Empty);
        units.Add(unit);
        return new SchoolClass(unit, school.Name);
    }
}
