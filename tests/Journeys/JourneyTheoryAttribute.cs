using System.Runtime.CompilerServices;
using Xunit;

namespace Canbao.Journeys.Tests;

/// <summary>A theory in a real browser; it shows as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JourneyTheoryAttribute : TheoryAttribute
{
    public JourneyTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = Chromium.Missing;
}
