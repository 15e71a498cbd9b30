using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Collection;

/// <summary>The payment channels of an area (<c>lishi 五(一)-(五)</c>, <c>laishan 四(一)-(三),(五)</c>).</summary>
/// <param name="vault">Seals their secrets.</param>
public sealed partial class Channels(Vault vault)
{
    /// <summary>HMAC-SHA256 with a shared secret of 32 bytes.</summary>
    public const string Hmac = "hmac-sha256";

    /// <summary>SM2 with SM3 (GB/T 32918), with the channel's public key.</summary>
    public const string Sm2 = "sm2-sm3";

    const string Purpose = "channel.secret";
    const int SecretBytes = 32;

    /// <summary>Adds a channel, or gives one that was closed a new key.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="code">Its code: letters, digits and hyphens.</param>
    /// <param name="name">How an office calls it.</param>
    /// <param name="publicKey">Its SM2 public key, 65 bytes; null for a shared secret, which is made here.</param>
    /// <returns>The shared secret, to be handed over once; empty where the channel has a key of its own.</returns>
    /// <exception cref="RefusedException">N110: the code is not sound or taken. N111: the key is not sound.</exception>
    public async Task<byte[]> AddAsync(Act act, string code, string name, byte[]? publicKey = null)
    {
        if (!CodePattern().IsMatch(code) || code is "cash" or "history" or Groups.Channel || name.Length == 0)
            throw new RefusedException("N110", "渠道代码须为2至20个小写字母、数字或连字符，并写明名称");
        if (publicKey is not (null or [4, ..] and { Length: 65 }))
            throw new RefusedException("N111", "SM2公钥须为未压缩格式的130位十六进制，以04开头");
        var old = await FindAsync(act.Session, act.Area, code);
        if (old is { ClosedBy: null })
            throw new RefusedException("N110", $"渠道“{code}”已经有了；换密钥须先停用再新增");
        var secret = publicKey ?? NewSecret();
        var salt = Vault.NewSalt();
        var row = new ChannelRow
        {
            Area = act.Area,
            Channel = code,
            Name = name,
            Algorithm = publicKey is null ? Hmac : Sm2,
            Salt = salt,
            Secret = vault.Seal(salt, Purpose, secret),
            Refuses = old?.Refuses,
            ActId = act.Id,
        };
        act.Record("channel", code, "added", null, new { row.Name, row.Algorithm });
        await act.Session.Data.InsertOrReplaceAsync(row);
        return publicKey is null ? secret : [];
    }

    /// <summary>Closes a channel: its messages are refused from now on.</summary>
    /// <exception cref="RefusedException">N101: there is none, or it is closed.</exception>
    public static async Task CloseAsync(Act act, string code)
    {
        var row = await FindAsync(act.Session, act.Area, code);
        if (row is not { ClosedBy: null })
            throw new RefusedException("N101", $"没有启用的渠道“{code}”；请用 canbao channel list 查看");
        await act.Session.Data.UpdateAsync(row with { ClosedBy = act.Id, ActId = act.Id });
        act.Record("channel", code, "closed", new { row.Name }, null);
    }

    /// <summary>
    /// Sets which students may not pay through a channel, such as college and vocational students at rural finance points
    /// (<c>lingyuan 五</c>). It stands with the channel and not in a season's file: it is agreed with the channel, and holds from now on.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="code">The channel.</param>
    /// <param name="students">The kinds; none lifts the limit.</param>
    /// <exception cref="RefusedException">
    /// N101: there is no such channel, or it is closed. C301: who attends no school is no student.
    /// </exception>
    public static async Task LimitAsync(Act act, string code, IReadOnlyCollection<Student> students)
    {
        if (students.Contains(Student.None))
            throw new RefusedException("C301", "只能限制在校学生的类别");
        var row = await FindAsync(act.Session, act.Area, code);
        if (row is not { ClosedBy: null })
            throw new RefusedException("N101", $"没有启用的渠道“{code}”；请用 canbao channel list 查看");
        var refuses = students.Count == 0 ? null : string.Join(',', students.Distinct().Order().Select(one => (int)one));
        if (act.Record("channel", code, "limited", new { row.Refuses }, new { Refuses = refuses }))
            await act.Session.Data.UpdateAsync(row with { Refuses = refuses, ActId = act.Id });
    }

    /// <summary>The channels through which not everybody may pay.</summary>
    public static Task<List<ChannelRow>> LimitedAsync(Session session, int area) =>
        session.Table<ChannelRow>().Where(row => row.Area == area && row.Refuses != null).ToListAsync();

    /// <summary>A channel, closed ones too; null where there is none.</summary>
    public static Task<ChannelRow?> FindAsync(Session session, int area, string code) =>
        session.Table<ChannelRow>().FirstOrDefaultAsync(row => row.Area == area && row.Channel == code);

    /// <summary>All channels of an area.</summary>
    public static Task<List<ChannelRow>> ListAsync(Session session, int area) =>
        session.Table<ChannelRow>().Where(row => row.Area == area).OrderBy(row => row.Channel).ToListAsync();

    /// <summary>The shared secret or public key.</summary>
    public byte[] SecretOf(ChannelRow row) => vault.Open(row.Salt, Purpose, row.Secret);

    /// <summary>Notes numbers as used.</summary>
    /// <returns>Those that were used before.</returns>
    public static async Task<IReadOnlySet<string>> UseAsync(Session session, int area, string code, IReadOnlyCollection<string> nonces)
    {
        // In one statement by the key: the table is small and never at rest, so that a look-up of many would read all of it.
        var rows = string.Join(',', nonces.Select((_, at) => FormattableString.Invariant($"(@area,@channel,@n{at},@used)")));
        var added = await session.Data.QueryToListAsync<string>(
            $"insert into channel_nonce (area, channel, nonce, used_at) values {rows} on conflict do nothing returning nonce",
            [
                new("area", area, DataType.Int32), new("channel", code, DataType.NVarChar), session.Instant("used", session.Now),
                .. nonces.Select((nonce, at) => new DataParameter(FormattableString.Invariant($"n{at}"), nonce, DataType.NVarChar)),
            ]);
        return nonces.Except(added, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Forgets numbers that could not come again in time anyway.</summary>
    public static Task ForgetAsync(Session session, int area, DateTimeOffset before) =>
        session.Table<ChannelNonceRow>().Where(row => row.Area == area && row.UsedAt < before).DeleteAsync();

    static byte[] NewSecret()
    {
        var secret = new byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        return secret;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,19}$")]
    private static partial Regex CodePattern();
}
