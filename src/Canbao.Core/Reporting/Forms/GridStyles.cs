using DocumentFormat.OpenXml.Spreadsheet;

namespace Canbao.Core.Reporting.Forms;

/// <summary>The looks of cells, in the order of the workbook's styles.</summary>
enum CellStyle
{
    Plain,
    Title,
    Right,
    Note,
    Heading,
    Text,
    Mark,
    Number,
    Percent,
    Amount,
    TextTotal,
    MarkTotal,
    NumberTotal,
    PercentTotal,
    AmountTotal,
}

/// <summary>The styles of a form's workbook.</summary>
static class GridStyles
{
    // Number formats that every spreadsheet has: whole number, two digits, percentage with two digits.
    const uint General = 0, Whole = 1, TwoDigits = 2, PercentTwo = 10;
    const uint Body = 0, Large = 1, Bold = 2;

    /// <summary>The look of what stands in a column.</summary>
    public static CellStyle Of(CellKind kind, bool isTotal) =>
        (isTotal ? CellStyle.TextTotal : CellStyle.Text) + (int)kind;

    /// <summary>All of them.</summary>
    public static Stylesheet Make()
    {
        CellFormat[] formats =
        [
            Format(General, Body, HorizontalAlignmentValues.Left, isRuled: false),
            Format(General, Large, HorizontalAlignmentValues.Center, isRuled: false),
            Format(General, Body, HorizontalAlignmentValues.Right, isRuled: false),
            Format(General, Body, HorizontalAlignmentValues.Left, isRuled: false, wraps: true),
            Format(General, Bold, HorizontalAlignmentValues.Center, wraps: true),
            .. Cells(Body), .. Cells(Bold),
        ];
        return new Stylesheet(
            new Fonts(Font(11), Font(16, bold: true), Font(11, bold: true)),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(
                    new LeftBorder { Style = BorderStyleValues.Thin }, new RightBorder { Style = BorderStyleValues.Thin },
                    new TopBorder { Style = BorderStyleValues.Thin }, new BottomBorder { Style = BorderStyleValues.Thin },
                    new DiagonalBorder())),
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
            new CellFormats(formats));
    }

    static IEnumerable<CellFormat> Cells(uint font) =>
    [
        Format(General, font, HorizontalAlignmentValues.Left, wraps: true),
        Format(General, font, HorizontalAlignmentValues.Center, wraps: true),
        Format(Whole, font, HorizontalAlignmentValues.Right),
        Format(PercentTwo, font, HorizontalAlignmentValues.Right),
        Format(TwoDigits, font, HorizontalAlignmentValues.Right),
    ];

    static Font Font(double size, bool bold = false) => bold
        ? new(new Bold(), new FontSize { Val = size }, new FontName { Val = "宋体" })
        : new(new FontSize { Val = size }, new FontName { Val = "宋体" });

    static CellFormat Format(
        uint number, uint font, HorizontalAlignmentValues across, bool isRuled = true, bool wraps = false)
    {
        var alignment = new Alignment
        {
            Horizontal = across,
            Vertical = VerticalAlignmentValues.Center,
            WrapText = wraps,
            // A number that is wider than its column becomes smaller, not a row of crosses.
            ShrinkToFit = isRuled && !wraps,
        };
        return new CellFormat(alignment)
        {
            NumberFormatId = number,
            FontId = font,
            FillId = 0,
            BorderId = isRuled ? 1u : 0u,
            FormatId = 0,
            ApplyNumberFormat = true,
            ApplyFont = true,
            ApplyBorder = true,
            ApplyAlignment = true,
        };
    }
}
