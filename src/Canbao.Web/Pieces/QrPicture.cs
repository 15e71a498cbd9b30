using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Canbao.Web.Pieces;

/// <summary>A code for a phone's camera, as a drawing in the page: nothing is fetched and nothing is kept.</summary>
static class QrPicture
{
    /// <summary>The drawing.</summary>
    /// <param name="text">What the camera reads.</param>
    /// <param name="label">What it is, for those who do not see it; without characters that HTML knows.</param>
    public static IHtmlContent Of(string text, string label)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        foreach (var (y, row) in code.ModuleMatrix.Index())
            for (int x = 0; x < row.Length; x++)
                if (row[x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        int side = code.ModuleMatrix.Count;
        return new HtmlString($"""
            <svg class="factor-qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}" shape-rendering="crispEdges">
            <rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>
            """);
    }
}
