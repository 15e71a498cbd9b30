using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Web.Hosting;

/// <summary>
/// Guards the page that makes the first administrator: whoever wants it needs the code that this server printed where it was started, so
/// that nobody who merely reaches the address gets there first. The code is kept by its hash in this server alone, and is void as soon as
/// there is an administrator, or the server ends.
/// </summary>
sealed class FirstStart(Database database)
{
    const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const int Groups = 5, GroupLetters = 4;

    volatile byte[]? hash;

    /// <summary>Whether the page is open.</summary>
    public bool IsOpen => hash is not null;

    /// <summary>Opens the page where there is no administrator, and gives the code for the terminal; null where there is one.</summary>
    public async Task<string?> BeginAsync(CancellationToken cancel = default)
    {
        if (!await FirstAdministrator.IsMissingAsync(database, cancel))
            return null;
        var letters = RandomNumberGenerator.GetString(Letters, Groups * GroupLetters);
        hash = HashOf(letters);
        return string.Join('-', letters.Chunk(GroupLetters).Select(group => new string(group)));
    }

    /// <summary>Makes the account.</summary>
    /// <exception cref="RefusedException">W163: the code is another, or the page is closed. L120 and others of the account.</exception>
    public async Task FinishAsync(string code, int area, (string Login, string Name, string Password) account, CancellationToken cancel)
    {
        if (hash is not { } expected || !CryptographicOperations.FixedTimeEquals(expected, HashOf(Plain(code))))
            throw new RefusedException("W163", "一次性代码不对；请照启动服务的终端（或系统日志）上最近一次显示的输入");
        await FirstAdministrator.AddAsync(database, area, account.Login, account.Name, account.Password, cancel);
        hash = null;
    }

    /// <summary>As people type it.</summary>
    static string Plain(string code) => string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));

    static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
