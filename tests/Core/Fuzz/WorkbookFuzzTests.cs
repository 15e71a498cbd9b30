using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Canbao.Core.Files;
using Canbao.Core.Tests.Assessment;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Fuzz;

/// <summary>Damaged workbooks are read or refused with a code, and in a short time.</summary>
public class WorkbookFuzzTests
{
    static readonly int Files = Environment.GetEnvironmentVariable("CANBAO_LONG") == "1" ? 3_000 : 300;

    [Fact]
    public void Damaged_bytes_of_a_workbook_are_refused_or_do_not_matter()
    {
        var random = new Random(5);
        var whole = File.ReadAllBytes(Repository.Path("samples", "residents.xlsx"));
        var refused = Count(() =>
        {
            var bytes = (byte[])[.. whole];
            for (var i = random.Next(1, 20); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
        });
        Assert.InRange(refused, Files / 10, Files);
    }

    [Fact]
    public void Damaged_text_in_the_parts_of_a_workbook_is_refused_or_read()
    {
        var random = new Random(6);
        var mutator = new Mutator(random);
        var whole = File.ReadAllBytes(Repository.Path("samples", "residents.xlsx"));
        var refused = Count(() => Rezipped(whole, bytes =>
        {
            for (var i = random.Next(4); i > 0; i--)
                switch (random.Next(3))
                {
                    case 0:
                        bytes = mutator.Once(bytes);
                        break;
                    case 1:
                        bytes = WithOtherNumber(bytes, random);
                        break;
                    default:
                        bytes = bytes[..random.Next(bytes.Length + 1)];
                        break;
                }

            return bytes;
        }, random));
        Assert.InRange(refused, Files / 10, Files);
    }

    /// <summary>XML with one number changed: of a row, a cell, a style, a shared string or a value.</summary>
    static byte[] WithOtherNumber(byte[] xml, Random random)
    {
        var numbers = Regex.Matches(Encoding.Latin1.GetString(xml), "\\d+");
        if (numbers.Count == 0)
            return xml;
        var number = numbers[random.Next(numbers.Count)];
        var other = Encoding.ASCII.GetBytes($"{random.NextInt64(-5, 1L << random.Next(1, 62))}");
        return [.. xml[..number.Index], .. other, .. xml[(number.Index + number.Length)..]];
    }

    static int Count(Func<byte[]> next)
    {
        using var run = new Run();
        var refused = 0;
        for (var i = 0; i < Files; i++)
        {
            run.Folder.Write("in.xlsx", next());
            try
            {
                run.Assess("in.xlsx");
                Assert.Equal(run.Result.Answered, run.Output.Split('\n').Length - 2);
                Assert.Equal(run.Result.Refused, run.Refusals.Count);
            }
            catch (TableFileException fault)
            {
                Assert.Matches("^F\\d{3}$", fault.Code);
                refused++;
            }
        }

        return refused;
    }

    static byte[] Rezipped(byte[] whole, Func<byte[], byte[]> damage, Random random)
    {
        using var source = new ZipArchive(new MemoryStream(whole), ZipArchiveMode.Read);
        var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            var chosen = random.Next(source.Entries.Count);
            foreach (var (part, i) in source.Entries.Select((part, i) => (part, i)))
            {
                using var from = part.Open();
                var bytes = new MemoryStream();
                from.CopyTo(bytes);
                using var to = archive.CreateEntry(part.FullName, CompressionLevel.Fastest).Open();
                var isDamaged = i == chosen || part.FullName.Contains("sheet1", StringComparison.Ordinal);
                to.Write(isDamaged ? damage(bytes.ToArray()) : bytes.ToArray());
            }
        }

        return target.ToArray();
    }
}
