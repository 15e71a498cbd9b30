using System.IO.Compression;
using System.Xml;

namespace Canbao.Core.Files;

/// <summary>A cell that has no value although it is not empty, or a row that is not shown.</summary>
/// <param name="Row">Its row, from 0.</param>
/// <param name="Column">Its column, from 0; <see cref="HiddenRow"/> for a row.</param>
/// <param name="Text">What stands for it.</param>
readonly record struct SheetFault(int Row, int Column, string Text)
{
    /// <summary>Stands before the columns.</summary>
    public const int HiddenRow = -1;
}

/// <summary>
/// Finds the cells of a sheet that show an error, formulas that were never calculated, and rows that are not shown. The reader gives the
/// cells as empty; a row would then be answered as if there had been nothing, such as no category where the look-up of categories
/// failed.
/// </summary>
static class SheetFaults
{
    /// <summary>Stands for a formula without a result.</summary>
    public const string NotCalculated = "#公式没有计算结果";

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreWhitespace = true,
        IgnoreComments = true,
    };

    /// <summary>The faulty cells in the order of the sheet, read as far as they are asked for.</summary>
    /// <param name="archive">The workbook.</param>
    /// <param name="sheet">The sheet's place, from 0.</param>
    public static IEnumerable<SheetFault> Read(ZipArchive archive, int sheet)
    {
        using var xml = Open(archive, SheetPart(archive, sheet));
        int row = -1, column = -1;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "row")
            {
                row = xml.GetAttribute("r") is { } number ? XmlConvert.ToInt32(number) - 1 : row + 1;
                column = -1;
                if (xml.GetAttribute("hidden") is "1" or "true")
                    yield return new SheetFault(row, SheetFault.HiddenRow, "");
            }
            else if (xml.LocalName == "c")
            {
                column = xml.GetAttribute("r") is { } name ? ColumnOf(name) : column + 1;
                if (!xml.IsEmptyElement && FaultOfCell(xml) is { } text)
                    yield return new SheetFault(row, column, text);
            }
        }
    }

    static string? FaultOfCell(XmlReader xml)
    {
        var isError = xml.GetAttribute("t") == "e";
        var depth = xml.Depth;
        var hasFormula = false;
        string? value = null;
        for (var isOnNext = xml.Read(); isOnNext && xml.Depth > depth;)
        {
            hasFormula |= xml.LocalName == "f";
            if (xml.LocalName == "v" && isError)
                value = xml.ReadElementContentAsString();
            else
            {
                value ??= xml.LocalName is "v" or "is" ? "" : null;
                xml.Skip();
            }

            isOnNext = !xml.EOF;
        }

        return isError ? value ?? NotCalculated : hasFormula && value is null ? NotCalculated : null;
    }

    static int ColumnOf(string cell)
    {
        var column = 0;
        foreach (var letter in cell.TakeWhile(char.IsAsciiLetterUpper).Take(3))
            column = column * 26 + letter - 'A' + 1;
        return column - 1;
    }

    /// <summary>The name of the part that holds a sheet.</summary>
    static string SheetPart(ZipArchive archive, int sheet)
    {
        var workbook = Target(archive, "_rels/.rels", "",
            link => link.GetAttribute("Type")?.EndsWith("/officeDocument", StringComparison.Ordinal) == true);
        using var xml = Open(archive, workbook);
        for (var listed = 0; listed <= sheet; listed++)
            if (!ReadTo(xml, "sheet"))
                throw new InvalidDataException("The workbook does not list the sheet.");
        var id = "";
        while (xml.MoveToNextAttribute())
            if (xml.LocalName == "id")
                id = xml.Value;
        var cut = workbook.LastIndexOf('/') + 1;
        return Target(archive, $"{workbook[..cut]}_rels/{workbook[cut..]}.rels", workbook[..cut], link => link.GetAttribute("Id") == id);
    }

    static string Target(ZipArchive archive, string part, string folder, Func<XmlReader, bool> isWanted)
    {
        using var xml = Open(archive, part);
        while (ReadTo(xml, "Relationship"))
            if (isWanted(xml) && xml.GetAttribute("Target") is { } target)
                return target.StartsWith('/') ? target[1..] : folder + target;
        throw new InvalidDataException($"{part} does not name the part.");
    }

    static bool ReadTo(XmlReader xml, string name)
    {
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
                return true;
        return false;
    }

    static XmlReader Open(ZipArchive archive, string part) => XmlReader.Create(
        archive.Entries.FirstOrDefault(entry => entry.FullName.Replace('\\', '/').Equals(part, StringComparison.OrdinalIgnoreCase))?.Open()
            ?? throw new InvalidDataException($"There is no part {part}."), Settings);
}
