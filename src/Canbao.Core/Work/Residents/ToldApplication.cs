using System.Text.Json.Serialization;
using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Residents;

/// <summary>What an application says.</summary>
/// <param name="Address">Where the household lives; empty for a newborn, who lives with it.</param>
/// <param name="People">Who is to be registered.</param>
public sealed record ToldApplication(string Address, IReadOnlyList<ToldPerson> People);

/// <summary>Somebody whom an application names. A number need not be there: newborns have none yet.</summary>
public sealed record ToldPerson(string Name, string Number, Sex Sex, DateOnly BornOn)
{
    /// <summary>What the person is to the head.</summary>
    public Relation Relation { get; init; }

    /// <summary>Where the person is at home.</summary>
    public Residence Residence { get; init; }

    /// <summary>The last day of the residence permit, or null.</summary>
    public DateOnly? PermitUntil { get; init; }

    /// <summary>At which kind of school.</summary>
    public Student Student { get; init; }

    /// <summary>A phone number, or null.</summary>
    public string? Phone { get; init; }

    /// <summary>The number as screens show it; empty where there is none.</summary>
    [JsonIgnore]
    public string Mask => CitizenNumber.TryParse(Number, out var number, out _) ? number.Masked : "";

    /// <summary>What a form gave.</summary>
    public static ToldPerson Of(NewPerson person) => new(person.Name.Text, person.Number?.Full ?? "", person.Sex, person.BornOn)
    {
        Relation = person.Status.Relation,
        Residence = person.Status.Residence,
        PermitUntil = person.Status.PermitUntil,
        Student = person.Status.Student,
        Phone = person.Phone,
    };

    /// <summary>As the register takes it; unit, household and address are filled in.</summary>
    public NewPerson ToNew()
    {
        var number = CitizenNumber.TryParse(Number, out var sound, out _) ? sound : null;
        // Sound when it was handed in.
        var name = PersonName.TryParse(Name, out var read, out var refusal) ? read : throw new InvalidOperationException(refusal.Code);
        return new(number, name, Sex, BornOn)
        {
            Phone = Phone,
            Status = new() { Relation = Relation, Residence = Residence, PermitUntil = PermitUntil, Student = Student },
        };
    }
}

/// <summary>How an application is written before it is sealed.</summary>
[JsonSerializable(typeof(ToldApplication))]
sealed partial class ApplicationJson : JsonSerializerContext;
