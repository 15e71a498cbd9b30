using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Work;

namespace Canbao.TestKit;

/// <summary>Figures from outside before the pages of a site are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>Keeps a file of figures of a unit directly below the county, which waits to be noted.</summary>
    public async Task<long> KeepFiguresAsync(string unit, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var viewer = new Viewer("street", "某", Role.Street, Area, unit, $"/county/{unit}/", null);
        return (await Act.DoAsync(Database, Area, Setup, "figure.keep",
            act => new FigureFiles(vault).KeepAsync(act, viewer, "激活.csv", content))).Upload.UploadId;
    }

    /// <summary>Notes a figure of a unit.</summary>
    public Task NoteAsync(string measure, string unit, DateOnly day, long people) => Act.DoAsync(
        Database, Area, Setup, "figure.note", act => Figures.NoteAsync(
            act, [new() { Measure = measure, Unit = unit, Day = day, People = people, Source = "医保局统计" }]));
}
