using Canbao.Core.Events;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry;

public sealed partial class People
{
    /// <summary>
    /// Gives a person another number. Where another record has it, both are the same person: this record goes on under the other's
    /// identity, and both keep their histories. The old number still finds the person.
    /// </summary>
    /// <returns>The record that goes on.</returns>
    /// <exception cref="RefusedException">R101: no such person.</exception>
    public async Task<PersonRow> CorrectNumberAsync(Act act, long id, CitizenNumber number)
    {
        var person = await RequireAsync(act, id);
        var other = await FindByNumberAsync(act.Session, act.Area, number);
        if (other is not null && other.PersonId == person.PersonId)
            return person;
        if (other is not null)
            return await MergeAsync(act, person, other);
        await KeepFormerNumberAsync(act, person, person);
        var corrected = Numbered(person, number) with
        {
            Sex = number.Sex ?? person.Sex,
            BornOn = number.Birth ?? person.BornOn,
            ActId = act.Id,
        };
        await act.Session.Data.UpdateAsync(corrected);
        act.Record("person", person.PersonId, "number_corrected", RegistryText.Of(person), RegistryText.Of(corrected));
        return corrected;
    }

    /// <summary>Corrects a name.</summary>
    /// <exception cref="RefusedException">R101: no such person.</exception>
    public static async Task CorrectNameAsync(Act act, long id, PersonName name)
    {
        var person = await RequireAsync(act, id);
        var corrected = person with { Name = name.Text, ActId = act.Id };
        if (act.Record("person", person.PersonId, "renamed", RegistryText.Of(person), RegistryText.Of(corrected)))
            await act.Session.Data.UpdateAsync(corrected);
    }

    /// <summary>Corrects a day of birth that no number tells.</summary>
    /// <exception cref="RefusedException">
    /// R101: no such person. R103: the day is later than today. R106: the person died before. C201: the number tells another one.
    /// </exception>
    public async Task CorrectBirthAsync(Act act, long id, DateOnly born)
    {
        var person = await RequireAsync(act, id);
        if (born > act.Today)
            throw new RefusedException("R103", $"出生日期{born:yyyy-MM-dd}在今天之后；请核对");
        if (person.DiedOn < born)
            throw new RefusedException("R106", $"出生日期{born:yyyy-MM-dd}晚于死亡日期；请核对");
        if (OpenNumber(person) is { } full && CitizenNumber.TryParse(full, out var number, out _)
            && number.Birth is { } told && told != born)
            throw new RefusedException("C201", $"证件号码中的出生日期是{told:yyyy-MM-dd}；号码有误的请更正证件号码，出生日期随之更正");
        var corrected = person with { BornOn = born, ActId = act.Id };
        if (act.Record("person", person.PersonId, "birth_corrected", RegistryText.Of(person), RegistryText.Of(corrected)))
            await act.Session.Data.UpdateAsync(corrected);
    }

    /// <summary>
    /// Notes a death. Enrolments that begin after it are ended by <see cref="Enrolments"/>; what was paid is for the money rooms.
    /// </summary>
    /// <exception cref="RefusedException">R101: no such person. R106: the day is before the birth or after today.</exception>
    public static async Task DiedAsync(Act act, long id, DateOnly day)
    {
        var person = await RequireAsync(act, id);
        if (day < person.BornOn || day > act.Today)
            throw new RefusedException("R106", $"死亡日期{day:yyyy-MM-dd}早于出生或在今天之后；请核对");
        var dead = person with { DiedOn = day, ActId = act.Id };
        if (act.Record("person", person.PersonId, "died", RegistryText.Of(person), RegistryText.Of(dead)))
            await act.Session.Data.UpdateAsync(dead);
    }

    /// <summary>Takes back a death that was noted wrongly.</summary>
    /// <exception cref="RefusedException">R101: no such person.</exception>
    public static async Task NotDeadAsync(Act act, long id)
    {
        var person = await RequireAsync(act, id);
        var alive = person with { DiedOn = null, ActId = act.Id };
        if (act.Record("person", person.PersonId, "not_dead", RegistryText.Of(person), RegistryText.Of(alive)))
            await act.Session.Data.UpdateAsync(alive);
    }

    /// <summary>Adds a paper.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The person.</param>
    /// <param name="kind">What it is, such as <c>residence_permit</c>.</param>
    /// <param name="number">Its number; empty where it has none.</param>
    /// <param name="valid">The days of its validity; the last may be open.</param>
    /// <exception cref="RefusedException">R101: no such person.</exception>
    public async Task AddPaperAsync(Act act, long id, string kind, string number, (DateOnly From, DateOnly? Until) valid)
    {
        var person = await RequireAsync(act, id);
        var paper = new PersonPaperRow
        {
            Area = act.Area,
            PersonId = person.PersonId,
            PaperId = act.Session.NextId(),
            Kind = kind,
            NumberHash = number.Length == 0 ? null : vault.Hash(number),
            NumberSealed = number.Length == 0 ? null : vault.Seal(person.Salt, RegistryText.NumberPurpose, number),
            NumberMask = number.Length == 0 ? "" : RegistryText.MaskPhone(number),
            FromDay = valid.From,
            UntilDay = valid.Until,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(paper);
        act.Record("person", person.PersonId, "paper_added", null,
            new { paper.Kind, Number = paper.NumberMask, paper.FromDay, paper.UntilDay });
    }

    async Task<PersonRow> MergeAsync(Act act, PersonRow ended, PersonRow kept)
    {
        // The number of the record that ends must find the one that goes on.
        await KeepFormerNumberAsync(act, ended, kept);
        var merged = ended with { MergedInto = kept.PersonId, NumberHash = null, NumberSealed = null, ActId = act.Id };
        await act.Session.Data.UpdateAsync(merged);
        act.Record("person", ended.PersonId, "merged", RegistryText.Of(ended), RegistryText.Of(merged));
        act.Record("person", kept.PersonId, "took_over", null, new { From = ended.PersonId, ended.Name, Number = ended.NumberMask });
        await EndOpenStatusAsync(act, ended);
        return kept;
    }

    async Task EndOpenStatusAsync(Act act, PersonRow person)
    {
        var open = await act.Session.Table<PersonStatusRow>()
            .FirstOrDefaultAsync(row => row.Area == act.Area && row.PersonId == person.PersonId && row.UntilDay == null);
        if (open is null)
            return;
        var ended = open with { UntilDay = act.Today > open.FromDay ? act.Today : open.FromDay, ActId = act.Id };
        await act.Session.Data.UpdateAsync(ended);
        RecordStatus(act, person, open, ended);
    }

    async Task KeepFormerNumberAsync(Act act, PersonRow former, PersonRow finder)
    {
        if (OpenNumber(former) is not { } number)
            return;
        await act.Session.Data.InsertAsync(new PersonPaperRow
        {
            Area = act.Area,
            PersonId = finder.PersonId,
            PaperId = act.Session.NextId(),
            Kind = PersonPaperRow.FormerNumber,
            NumberHash = vault.Hash(number),
            NumberSealed = vault.Seal(finder.Salt, RegistryText.NumberPurpose, number),
            NumberMask = former.NumberMask,
            FromDay = act.Today,
            ActId = act.Id,
        });
    }
}
