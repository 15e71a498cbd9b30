using Xunit.v3;

namespace Canbao.TestKit;

/// <summary>Names the entry of <c>docs/clauses.yaml</c> that a test proves; shows as the trait <c>clause</c> in test reports.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClauseAttribute(string id) : Attribute, ITraitAttribute
{
    /// <summary>The entry's id, such as <c>baogou 二(一)</c>.</summary>
    public string Id { get; } = id;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("clause", Id)];
}
