namespace Canbao.Policy.Tests.Oracle;

/// <summary>Sets of assisted categories by their codes in <c>categories.yaml</c>; groups are written out.</summary>
static class Lists
{
    public static ulong Of(params ReadOnlySpan<string> codes)
    {
        var set = 0UL;
        foreach (var code in codes)
        {
            var index = Packs.Load("baogou-2022").Pack.Catalogue.IndexOf(code);
            set |= index >= 0 ? 1UL << index : throw new ArgumentException($"No category is called {code}.", nameof(codes));
        }

        return set;
    }
}
