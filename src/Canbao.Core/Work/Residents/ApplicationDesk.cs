using System.Text.Json;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Work.Residents;

/// <summary>What a resident hands in.</summary>
/// <param name="Kind"><see cref="Applications.Newborn"/> or <see cref="Applications.Household"/>.</param>
/// <param name="Unit">The unit whose desk decides.</param>
/// <param name="Told">What was filled in.</param>
public sealed record NewApplication(string Kind, string Unit, ToldApplication Told)
{
    /// <summary>The household of a newborn; else null.</summary>
    public long? Household { get; init; }

    /// <summary>Who had looked up; null where nobody did.</summary>
    public long? Applicant { get; init; }

    /// <summary>The photos and papers: kind (<see cref="PersonAttachments.Kinds"/>), name, bytes.</summary>
    public required IReadOnlyList<(string Kind, string Name, byte[] Content)> Files { get; init; }
}

/// <summary>
/// Applications of residents to be registered: handed in with photos, decided by the desk of the unit. What is accepted goes through
/// <see cref="RegisterDesk"/>, as if the people stood at the desk.
/// </summary>
/// <param name="desk">Registers.</param>
/// <param name="attachments">Keeps the photos with the people, once they are registered.</param>
/// <param name="vault">Seals what was filled in.</param>
public sealed class ApplicationDesk(RegisterDesk desk, PersonAttachments attachments, Vault vault)
{
    /// <summary>The most photos and papers of one application.</summary>
    public const int MostFiles = 3;

    /// <summary>The most people of one application.</summary>
    public const int MostPeople = 8;

    const string Purpose = "resident_application";
    const string UploadKind = "resident_application";

    /// <summary>How old a newborn may be, in months.</summary>
    const int NewbornMonths = 12;

    readonly Uploads uploads = new(vault);

    /// <summary>Hands in. The same form that waits already is not kept twice.</summary>
    /// <returns>The code by which the resident asks for the state.</returns>
    /// <exception cref="RefusedException">
    /// W130: a newborn is older than a year. W131: no photo, or too many. W132: nobody, too many, or not exactly one head.
    /// R151 to R153: a file is not one that is taken.
    /// </exception>
    public async Task<string> HandInAsync(Act act, NewApplication handed)
    {
        Check(act, handed);
        var json = JsonSerializer.SerializeToUtf8Bytes(handed.Told, ApplicationJson.Default.ToldApplication);
        var hash = vault.Hash($"{Purpose}|{handed.Kind}|{handed.Unit}|{handed.Applicant}|{Convert.ToHexString(json)}");
        if (await Applications.SameAsync(act.Session, act.Area, hash) is { } same)
            return same.Code;
        var salt = Vault.NewSalt();
        var row = new ApplicationRow
        {
            Area = act.Area,
            ApplicationId = act.Session.NextId(),
            Code = LetterCodes.ByChance(),
            Kind = handed.Kind,
            Unit = handed.Unit,
            HouseholdId = handed.Household,
            ApplicantId = handed.Applicant,
            Salt = salt,
            Told = vault.Seal(salt, Purpose, json),
            ToldHash = hash,
            State = Applications.HandedIn,
            HandedInAt = act.At,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(row);
        foreach (var (kind, name, content) in handed.Files)
        {
            using var stream = new MemoryStream(content);
            var kept = await uploads.KeepAsync(act, new(UploadKind, FormattableString.Invariant($"{row.ApplicationId}"), name), stream);
            await act.Session.Data.InsertOrReplaceAsync(new ApplicationFileRow
            {
                Area = act.Area,
                ApplicationId = row.ApplicationId,
                UploadId = kept.Upload.UploadId,
                Kind = kind,
            });
        }

        act.Record("resident_application", row.ApplicationId, "application_handed_in", null,
            new { row.Kind, row.Unit, People = handed.Told.People.Count });
        return row.Code;
    }

    /// <summary>What was filled in.</summary>
    public ToldApplication Open(ApplicationRow row) =>
        JsonSerializer.Deserialize(vault.Open(row.Salt, Purpose, row.Told), ApplicationJson.Default.ToldApplication)!;

    /// <summary>A photo or paper with its bytes. Looking at it is a recorded act (promise 8).</summary>
    /// <exception cref="RefusedException">W134: there is no such file.</exception>
    public async Task<(ApplicationFileRow Row, byte[] Content)> ShowAsync(Act act, long id, long upload)
    {
        var file = (await Applications.FilesAsync(act.Session, act.Area, id)).Find(one => one.UploadId == upload)
            ?? throw new RefusedException("W134", "没有这份材料；请刷新页面");
        act.Record("resident_application", id, "application_shown", null, new { File = PersonAttachments.Chinese(file.Kind) });
        return (file, (await ReadAsync(act, file)).Content);
    }

    /// <summary>Registers whom an application names, and enrols them for a year.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The application.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="tier">The chosen tier; 0 where the place has none.</param>
    /// <returns>The household.</returns>
    /// <exception cref="RefusedException">W133: it was decided already. Else as of <see cref="RegisterDesk"/>.</exception>
    public async Task<long> AcceptAsync(Act act, long id, InsuranceYear year, int tier)
    {
        var row = await WaitingAsync(act, id);
        var told = Open(row);
        long person, household;
        if (row is { Kind: Applications.Newborn, HouseholdId: { } home })
        {
            var newborn = told.People[0].ToNew();
            var address = (await Households.FindAsync(act.Session, act.Area, home, year))?.Household.Address ?? "";
            var (registered, _) = await desk.RegisterAsync(
                act, newborn with { Status = newborn.Status with { Unit = row.Unit, Address = address } }, newborn.BornOn,
                new(home, ""), new(year, EnrolmentKinds.Newborn, tier));
            (person, household) = (registered.PersonId, home);
        }
        else
        {
            household = await desk.RegisterHouseholdAsync(act, (row.Unit, "", told.Address),
                [.. told.People.Select(one => new NewMember(one.ToNew(), new(year, EnrolmentKinds.New, tier)))]);
            person = (await Households.FindAsync(act.Session, act.Area, household, year))!.Head!.Person.PersonId;
        }

        foreach (var file in await Applications.FilesAsync(act.Session, act.Area, id))
        {
            var (name, content) = await ReadAsync(act, file);
            await attachments.AttachAsync(act, person, file.Kind, name, content);
            await Uploads.MarkAsync(act, file.UploadId, UploadState.Applied, 0, 0);
        }

        await DecideAsync(act, row, row with { State = Applications.Accepted, HouseholdId = household });
        return household;
    }

    /// <summary>Sends an application back.</summary>
    /// <exception cref="RefusedException">W133: it was decided already. W135: no reason.</exception>
    public static async Task RefuseAsync(Act act, long id, string reason)
    {
        if (reason.Trim() is not { Length: > 0 } said)
            throw new RefusedException("W135", "请写明退回的原因，居民会看到");
        var row = await WaitingAsync(act, id);
        foreach (var file in await Applications.FilesAsync(act.Session, act.Area, id))
            await Uploads.MarkAsync(act, file.UploadId, UploadState.Dropped, 0, 0);
        await DecideAsync(act, row, row with { State = Applications.Refused, Reason = LongNumbers.Hidden(said) });
    }

    static void Check(Act act, NewApplication handed)
    {
        var people = handed.Told.People;
        if (handed.Files.Count is 0 or > MostFiles)
            throw new RefusedException("W131", $"请上传材料照片，至少一张，至多 {MostFiles} 张");
        foreach (var (kind, _, content) in handed.Files)
            PersonAttachments.RequireType(kind, content);
        if (handed.Kind == Applications.Newborn)
        {
            if (people.Count != 1 || people[0].BornOn < act.Today.AddMonths(-NewbornMonths))
                throw new RefusedException("W130", $"网上只办理出生 {NewbornMonths} 个月以内的新生儿；其他人请到所在村（社区）登记");
        }
        else if (people.Count is 0 or > MostPeople || people.Count(person => person.Relation == Relation.Head) != 1)
        {
            throw new RefusedException("W132", $"一户须有且只有一名户主，至多 {MostPeople} 人；请核对各人与户主的关系");
        }
    }

    static async Task<ApplicationRow> WaitingAsync(Act act, long id) =>
        await Applications.FindAsync(act.Session, act.Area, id) is { State: Applications.HandedIn } row
            ? row
            : throw new RefusedException("W133", "这份申请已经办理；请刷新页面");

    static async Task DecideAsync(Act act, ApplicationRow old, ApplicationRow decided)
    {
        await act.Session.Data.UpdateAsync(decided with { Account = act.Account, DecidedAt = act.At, ActId = act.Id });
        act.Record("resident_application", old.ApplicationId, "application_decided",
            new { old.State, old.Reason }, new { decided.State, decided.Reason });
    }

    async Task<(string Name, byte[] Content)> ReadAsync(Act act, ApplicationFileRow file)
    {
        var upload = (await Uploads.FindAsync(act.Session, act.Area, file.UploadId))!;
        using var opened = await uploads.OpenAsync(act.Session, upload);
        await using var stream = opened.File.Open();
        var content = new byte[upload.Bytes];
        await stream.ReadExactlyAsync(content);
        return (upload.FileName, content);
    }
}
