using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What a kept file of figures would note, worked out whenever it is looked at, and the rows to mend.</summary>
sealed class FigureFileModel : OfficePage
{
    /// <summary>The most figures that are shown.</summary>
    public const int MostShown = 200;

    UnitTree tree = null!;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Measure { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Source { get; set; } = "";

    public UploadRow Upload { get; private set; } = null!;

    /// <summary>What it would note; null once it is done, or where the file cannot be read.</summary>
    public FigureOutcome? Outcome { get; private set; }

    public bool IsOpen => Upload.State == UploadState.Staged;

    public string NameOf(string code) => tree.Find(code)?.Name ?? code;

    /// <summary>Where a button leads, for the same choice.</summary>
    public string Handle(string handler) => Link(
        $"/figures/{Id}", ("handler", handler), ("measure", Measure), ("day", $"{Day:yyyy-MM-dd}"), ("source", Source));

    public async Task<IActionResult> OnPostApplyAsync()
    {
        var (outcome, changed) = await Act.DoAsync(
            Database, Viewer.Area, Doer($"导入外来数字 {Upload.FileName}"), "figure.note",
            act => new FigureFiles(Vault).ApplyAsync(act, Viewer, Id, Order), Cancel);
        return Done("/figures", $"已导入：{changed} 个数字有变化，退回 {outcome.Refused} 行", ("measure", Measure));
    }

    /// <summary>The refused rows in the file's own layout.</summary>
    public async Task<IActionResult> OnPostRefusedAsync()
    {
        using var content = new MemoryStream();
        await Act.DoAsync(Database, Viewer.Area, Doer($"下载退回的行 {Upload.FileName}"), "figure.refused", async act =>
        {
            var outcome = await new FigureFiles(Vault).TryAsync(act.Session, Upload, Order, act.Today, content);
            act.Record("upload", Id, "refused_taken", null, new { Rows = outcome.Refused });
        }, Cancel);
        return Download(content, $"退回-{Upload.FileName}");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (Measure, Source) = (Measure ?? "", Source ?? "");
        return await Database.ReadAsync(
            async session =>
            {
                if (await FigureFiles.FindAsync(session, Viewer, Id) is not { } upload)
                    return false;
                (Upload, tree) = (upload, await UnitStore.ReadAsync(session, Viewer.Area));
                try
                {
                    Outcome = IsOpen ? await new FigureFiles(Vault).TryAsync(session, Upload, Order, Today) : null;
                }
                catch (TableFileException fault)
                {
                    Tell(fault);
                }

                return true;
            },
            Cancel);
    }

    FigureOrder Order => new(Measure, Day, Source);
}
