using System.Runtime.CompilerServices;
using Xunit;

namespace Canbao.TestKit;

/// <summary>A test that takes long: it runs with <c>./test --long</c> and shows as skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = LongTests.SkipReason;
}

/// <summary>A theory that takes long: it runs with <c>./test --long</c> and shows as skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = LongTests.SkipReason;
}

/// <summary>Whether tests marked long run here.</summary>
public static class LongTests
{
    /// <summary>The variable that <c>./test --long</c> sets to 1.</summary>
    public const string Variable = "CANBAO_LONG";

    public static bool Wanted { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Why a long test does not run; null where it does.</summary>
    public static string? SkipReason { get; } = Wanted ? null : "takes long; runs with ./test --long";
}
