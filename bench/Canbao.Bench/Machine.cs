using System.Globalization;
using System.Runtime.InteropServices;

namespace Canbao.Bench;

/// <summary>On what the figures were taken, and who else was busy on it.</summary>
static class Machine
{
    const double TicksPerSecond = 100;

    /// <summary>Seconds that all cores together have been busy or taken away since the machine started.</summary>
    public static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] busy = [1, 2, 3, 6, 7, 8]; // user, nice, system, irq, softirq, steal
        return busy.Sum(at => long.Parse(fields[at], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>The machine in one line.</summary>
    public static string Line()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var name = model is null ? RuntimeInformation.ProcessArchitecture.ToString() : model[(model.IndexOf(':') + 1)..].Trim();
        return $"{name}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }
}
