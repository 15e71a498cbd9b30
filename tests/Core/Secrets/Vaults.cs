using Canbao.Core.Secrets;
using Canbao.TestKit;

namespace Canbao.Core.Tests.Secrets;

/// <summary>Key files for tests.</summary>
static class Vaults
{
    /// <summary>A clock that stands at 2022-09-01 00:30 in Shanghai, still 31 August in UTC.</summary>
    public static readonly TimeProvider Clock = new TestClock("2022-09-01 00:30");

    /// <summary>A vault with fresh keys; its file is gone already.</summary>
    public static Vault Fresh(string suite = "aes")
    {
        using var folder = new TempFolder();
        return Vault.Create(folder["keys.json"], suite, Clock);
    }
}
