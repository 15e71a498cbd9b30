using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Canbao.Bench;

/// <summary>What one run of a program cost.</summary>
/// <param name="Exit">Its exit code, 128 and more where a signal ended it.</param>
/// <param name="Wall">Seconds from its start to its end.</param>
/// <param name="Cpu">Seconds of user and system time on all cores.</param>
/// <param name="Others">Cores that everything else on the machine used meanwhile: near 0 on a quiet one.</param>
/// <param name="PeakBytes">Its largest resident size, never less than the bench's own at the start.</param>
readonly record struct ChildCost(int Exit, double Wall, double Cpu, double Others, long PeakBytes);

/// <summary>Runs a program and asks the kernel what it cost. Linux on 64 bits only.</summary>
static partial class ChildProcess
{
    const int StandardOutput = 1, WriteOnly = 1;

    /// <summary>Starts the program, waits for its end; its standard output is thrown away.</summary>
    public static ChildCost Run(string[] command, params string[] environment)
    {
        var variables = Environment.GetEnvironmentVariables();
        foreach (var variable in environment)
        {
            var sign = variable.IndexOf('=', StringComparison.Ordinal);
            variables[variable[..sign]] = variable[(sign + 1)..];
        }

        var arguments = Texts(command);
        var texts = Texts([.. from object name in variables.Keys select $"{name}={variables[name]}"]);
        var actions = Marshal.AllocHGlobal(512);
        try
        {
            Check(FileActions(actions), "file actions");
            Check(OpenInChild(actions, StandardOutput, "/dev/null", WriteOnly, 0), "file actions");
            var busy = Machine.BusySeconds();
            var started = Stopwatch.GetTimestamp();
            Check(Spawn(out var id, command[0], actions, 0, arguments, texts), command[0]);
            if (Wait(id, out var status, 0, out var usage) != id) throw new InvalidOperationException($"{command[0]} is lost");
            var wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var exit = (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);
            var cpu = usage.User.Seconds + usage.System.Seconds;
            var others = Math.Max(0, Machine.BusySeconds() - busy - cpu) / wall;
            return new(exit, wall, cpu, others, usage.PeakKibibytes * 1024);
        }
        finally
        {
            foreach (var text in arguments.Concat(texts)) Marshal.FreeCoTaskMem(text);
            Marshal.FreeHGlobal(actions);
        }
    }

    /// <summary>C strings and the null that ends their list.</summary>
    static nint[] Texts(string[] texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    static void Check(int error, string what)
    {
        if (error != 0) throw new InvalidOperationException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(
        out int id, string path, nint actions, nint attributes, nint[] arguments, nint[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int FileActions(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenInChild(nint actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "wait4")]
    private static partial int Wait(int id, out int status, int options, out Usage usage);

    /// <summary>The kernel's <c>timeval</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct Time
    {
        public long WholeSeconds, Microseconds;

        public readonly double Seconds => WholeSeconds + (Microseconds / 1e6);
    }

    /// <summary>The kernel's <c>rusage</c>.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    struct Usage
    {
        public Time User, System;
        public long PeakKibibytes;
    }
}
