using System.Diagnostics;
using Canbao.Core.Reporting.Forms;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Reporting;

/// <summary>Another program reckons the formulas of our workbooks and comes to our numbers.</summary>
public class RecalculationTests
{
    const string Program = "/usr/bin/soffice";

    [LongFact, Clause("lishi 附件5"), Clause("lishi 附件6"), Clause("lingyuan 附件2")]
    public void LibreOffice_reckons_every_form_to_our_numbers()
    {
        Assert.SkipUnless(File.Exists(Program), $"there is no {Program}; apt-get install libreoffice-calc");
        using var folder = new TempFolder();
        var kept = Directory.CreateDirectory(Repository.Path("artifacts", "forms")).FullName;
        foreach (var form in PrescribedForms.All)
        {
            var sheet = Sheets.Write(FormTests.Filled(form.Code).Grid);
            // To be looked at, as pages are in artifacts/screens.
            File.WriteAllBytes(Path.Combine(kept, $"{form.Code}.xlsx"), sheet);
            // Without our results it has nothing to go by but the formulas.
            File.WriteAllBytes(folder[$"{form.Code}.xlsx"], Sheets.WithoutResults(sheet));
        }

        Directory.CreateDirectory(folder["out"]);
        var start = new ProcessStartInfo(Program, [
            "--headless", $"-env:UserInstallation=file://{folder["profile"]}", "--convert-to", "xlsx", "--outdir", folder["out"],
            .. PrescribedForms.All.Select(form => folder[$"{form.Code}.xlsx"]),
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        foreach (var form in PrescribedForms.All)
        {
            var made = folder[Path.Combine("out", $"{form.Code}.xlsx")];
            Assert.True(File.Exists(made), errors.Result);
            Assert.Equal(
                Lines(Sheets.Csv(Sheets.Write(FormTests.Filled(form.Code).Grid))), Lines(Sheets.Csv(File.ReadAllBytes(made))));
        }
    }

    /// <summary>Cells that are empty at the end of a row are left out by one program and written by the other.</summary>
    static string[] Lines(string csv) => [.. csv.Split('\n').Select(line => line.TrimEnd(',')).Where(line => line.Length > 0)];
}
