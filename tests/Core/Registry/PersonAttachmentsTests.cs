using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Registry;

public class PersonAttachmentsTests
{
    static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 5];
    static readonly byte[] Pdf = "%PDF-1.7 …"u8.ToArray();

    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task Photo_and_papers_are_kept_sealed_and_looking_is_recorded(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var room = new PersonAttachments(area.Vault);
        var number = TestArea.Number(new(1985, 3, 20), 1).Full;
        var photo = await AttachAsync("photo", $"C:\\照片\\{number}.jpg", Jpeg);
        await AttachAsync("hukou_booklet", "户口簿.pdf", Pdf);
        await AttachAsync("photo", "新照片.png", Png);
        var listed = await area.ReadAsync(session => PersonAttachments.ListAsync(session, TestArea.Code, [person.PersonId]));
        Assert.Equal(["新照片.png", "户口簿.pdf", "370*************17.jpg"], listed.Select(each => each.Name));
        var kept = await area.ReadAsync(session => session.Table<PersonFileRow>().Where(row => row.Area == TestArea.Code).ToListAsync());
        Assert.DoesNotContain(kept, row => row.Content.AsSpan().IndexOf(Jpeg) >= 0 || row.Content.AsSpan().IndexOf(Pdf) >= 0);

        var shown = await area.DoAsync("person.show_file", act => room.OpenAsync(act, person.PersonId, photo.FileId), "clerk");
        Assert.Equal(Jpeg, shown.Content);
        Assert.Equal("image/jpeg", shown.Row.MediaType);
        var acts = await area.ReadAsync(session =>
            session.Table<ActChangeRow>().CountAsync(row => row.Area == TestArea.Code && row.Action == "file_shown"));
        Assert.Equal(1, acts);

        Task<PersonFileRow> AttachAsync(string kind, string name, byte[] content) =>
            area.DoAsync("person.attach", act => room.AttachAsync(act, person.PersonId, kind, name, content));
    }

    [Theory, OnBothEngines]
    public async Task What_is_no_picture_or_too_large_is_refused(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var room = new PersonAttachments(area.Vault);
        foreach (var (code, kind, content) in new[]
        {
            ("R151", "selfie", Jpeg), ("R152", "photo", []), ("R152", "photo", [.. Jpeg, .. new byte[PersonAttachments.MostBytes]]),
            ("R153", "photo", Pdf), ("R153", "photo", "MZ…"u8.ToArray()), ("R153", "other", "<html>"u8.ToArray()),
        })
            Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync(
                "person.attach", act => room.AttachAsync(act, person.PersonId, kind, "a.jpg", content)))).Code);
        Assert.Equal("R154", (await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync(
            "person.show_file", act => room.OpenAsync(act, person.PersonId, 1)))).Code);
    }

    /// <summary>What was attached to a record that turned out to be the same person's is found with the one that goes on.</summary>
    [Theory, OnBothEngines]
    public async Task A_merge_keeps_the_papers_of_both(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var wrong = await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var right = await area.RegisterAsync("张三", new(1985, 3, 20), 3);
        var room = new PersonAttachments(area.Vault);
        var paper = await area.DoAsync("person.attach", act => room.AttachAsync(act, wrong.PersonId, "photo", "a.jpg", Jpeg));
        await area.DoAsync("person.correct", act => new LifeEvents(area.People, area.Enrolments).CorrectNumberAsync(
            act, wrong.PersonId, TestArea.Number(new(1985, 3, 20), 3)));
        var listed = await area.ReadAsync(session =>
            PersonAttachments.ListAsync(session, TestArea.Code, [right.PersonId, wrong.PersonId]));
        Assert.Equal(paper.FileId, Assert.Single(listed).FileId);
        var shown = await area.DoAsync("person.show_file", act => room.OpenAsync(act, listed[0].PersonId, paper.FileId));
        Assert.Equal(Jpeg, shown.Content);
    }
}
