using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry;

/// <summary>A paper or photo as lists show it, without its bytes.</summary>
/// <param name="PersonId">The record that it was attached to.</param>
/// <param name="FileId">The file.</param>
/// <param name="Kind">One of <see cref="PersonAttachments.Kinds"/>.</param>
/// <param name="Name">Its name as it came, long numbers hidden.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="At">When it was attached.</param>
/// <param name="Account">By whom.</param>
public sealed record Attachment(long PersonId, long FileId, string Kind, string Name, int Bytes, DateTimeOffset At, string Account);

/// <summary>
/// Papers and photos of people (<c>lingyuan 四(二)</c>): judged by their bytes, sealed under the person's key, never removed; a newer one
/// of a kind stands before the older ones. Looking at one is a recorded act.
/// </summary>
/// <param name="vault">Seals and opens them.</param>
public sealed class PersonAttachments(Vault vault)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 5 << 20;

    /// <summary>The kind that has to be a picture.</summary>
    public const string Photo = "photo";

    const string Purpose = "person_file";
    const string Jpeg = "image/jpeg", Png = "image/png", Pdf = "application/pdf";

    /// <summary>What can be attached: code and what offices call it.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> Kinds { get; } =
    [
        (Photo, "照片"), ("identity_card", "居民身份证"), ("hukou_booklet", "户口簿"), ("residence_permit", "居住证"),
        ("birth_certificate", "出生医学证明"), ("employee_cover_end", "职工医保停保证明"), ("other_cover", "外地参保证明"), ("other", "其他材料"),
    ];

    /// <summary>What offices call a kind.</summary>
    public static string Chinese(string kind) => Kinds.FirstOrDefault(each => each.Code == kind).Chinese ?? kind;

    /// <summary>Attaches a file to a person.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The person.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="fileName">Its name; folders are left out.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="RefusedException">
    /// R101: no such person. R151: no such kind. R152: empty, or larger than <see cref="MostBytes"/>. R153: neither JPEG, PNG nor PDF, or a
    /// photo that is no picture.
    /// </exception>
    public async Task<PersonFileRow> AttachAsync(Act act, long id, string kind, string fileName, byte[] content)
    {
        var person = await People.RequireAsync(act, id);
        var type = RequireType(kind, content);
        var row = new PersonFileRow
        {
            Area = act.Area,
            PersonId = person.PersonId,
            FileId = act.Session.NextId(),
            Kind = kind,
            Name = LongNumbers.Hidden(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..]),
            MediaType = type,
            Bytes = content.Length,
            Content = vault.Seal(person.Salt, Purpose, content),
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(row);
        act.Record("person", person.PersonId, "file_attached", null, new { File = Chinese(kind), row.Name, Size = row.Bytes });
        return row;
    }

    /// <summary>What a file's bytes are, where they may be attached.</summary>
    /// <exception cref="RefusedException">R151 to R153, as of <see cref="AttachAsync"/>.</exception>
    public static string RequireType(string kind, ReadOnlySpan<byte> content)
    {
        if (Kinds.All(each => each.Code != kind))
            throw new RefusedException("R151", $"没有“{kind}”这种材料；可选：{string.Join("、", Kinds.Select(each => each.Chinese))}");
        if (content.Length is 0 or > MostBytes)
            throw new RefusedException("R152", $"文件是空的，或超过 {MostBytes >> 20} MB；请重新拍照或压缩后再传");
        if (MediaType(content) is not { } type || kind == Photo && type == Pdf)
            throw new RefusedException(
                "R153", kind == Photo ? "照片应为 JPG 或 PNG 图片；请重新拍照后再传" : "只收 JPG、PNG 图片和 PDF 文件；请拍照或另存为 PDF 后再传");
        return type;
    }

    /// <summary>What is attached to some records, newest first; those merged into a person are named too.</summary>
    public static async Task<List<Attachment>> ListAsync(Session session, int area, IReadOnlyCollection<long> records)
    {
        var rows = await (
            from file in session.Table<PersonFileRow>()
            join act in session.Table<ActRow>() on new { file.Area, file.ActId } equals new { act.Area, act.ActId }
            where file.Area == area && act.Area == area && records.Contains(file.PersonId)
            orderby file.FileId descending
            select new { file.PersonId, file.FileId, file.Kind, file.Name, file.Bytes, act.At, act.Account }).ToListAsync();
        return [.. rows.Select(row => new Attachment(row.PersonId, row.FileId, row.Kind, row.Name, row.Bytes, row.At, row.Account))];
    }

    /// <summary>A file with its bytes in plain. Looking at it is a recorded act (promise 8).</summary>
    /// <param name="act">The deed.</param>
    /// <param name="record">The record that it is attached to, which may be merged into another by now.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="RefusedException">R154: no such file.</exception>
    /// <exception cref="SecretsException">It was changed, or destroyed.</exception>
    public async Task<(PersonFileRow Row, byte[] Content)> OpenAsync(Act act, long record, long file)
    {
        var area = act.Area;
        var found = await (
            from row in act.Session.Table<PersonFileRow>()
            join person in act.Session.Table<PersonRow>()
                on new { row.Area, row.PersonId } equals new { person.Area, person.PersonId }
            where row.Area == area && person.Area == area && row.PersonId == record && row.FileId == file
            select new { row, person.Salt }).FirstOrDefaultAsync()
            ?? throw new RefusedException("R154", "没有找到这份材料；请刷新页面");
        act.Record("person", record, "file_shown", null, new { File = Chinese(found.row.Kind), found.row.Name });
        return (found.row, vault.Open(found.Salt, Purpose, found.row.Content));
    }

    /// <summary>What bytes are, by how such files begin; null for anything that is not taken.</summary>
    static string? MediaType(ReadOnlySpan<byte> content) =>
        content.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg
        : content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : content.StartsWith("%PDF-"u8) ? Pdf
        : null;
}
