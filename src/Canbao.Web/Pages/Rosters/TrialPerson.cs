using Canbao.Core.Registry;

namespace Canbao.Web.Pages;

/// <summary>Which people or rows of a tried list are shown.</summary>
enum TrialGroup
{
    /// <summary>Whatever asks for attention first.</summary>
    First,
    Added,
    Removed,
    Changed,
    Same,
    Refused,
    HeldBack,
    Conflicts,
    Effects,
}

/// <summary>Somebody of a tried list, and what would happen.</summary>
/// <param name="Person">Who.</param>
/// <param name="What">What, line by line.</param>
/// <param name="Line">The file's line; null for whoever it leaves out.</param>
sealed record TrialPerson(ListedPerson Person, IEnumerable<string> What, long? Line);
