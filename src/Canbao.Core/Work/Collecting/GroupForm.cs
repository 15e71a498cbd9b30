using System.Globalization;
using Canbao.Core.Collection;
using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Collecting;

/// <summary>The lines of a group payment as a workbook for whoever paid it (<c>laishan 二(四)</c>); numbers as screens show them.</summary>
public static class GroupForm
{
    /// <summary>Writes the workbook; the stream stays open.</summary>
    public static void Write(BatchFile file, Stream stream)
    {
        var batch = file.Listed.Batch;
        var sum = Money.FromFen(file.Lines.Sum(line => line.Payment.Amount));
        var form = new FormWorkbook(
            "集体缴费", new("序号", 6), new("姓名", 14), new("证件号码", 24), new("金额（元）", 12), new("缴费日期", 14), new("票据号", 26));
        form.AddLine("城乡居民基本医疗保险费集体缴费名单", isTitle: true);
        form.AddLine($"批次 {Batches.Name(batch)}　　{batch.InsuranceYear} 年度　　缴费单位：{batch.Payer}");
        form.AddHeader();
        foreach (var (at, line) in file.Lines.Index())
            form.AddRow([
                (at + 1).ToString(CultureInfo.InvariantCulture), line.Name, line.NumberMask, $"{Money.FromFen(line.Payment.Amount)}",
                $"{line.Payment.PaidOn:yyyy-MM-dd}", line.Payment.ReceiptNo]);
        form.AddLine($"合计 {file.Lines.Count} 人，{sum} 元，大写：人民币{sum.Capitals()}");
        form.Write(stream);
    }
}
