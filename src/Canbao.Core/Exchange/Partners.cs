using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Exchange;

/// <summary>A partner to be added.</summary>
/// <param name="Code">Small letters, digits and hyphens.</param>
/// <param name="Name">How an office calls it.</param>
/// <param name="Office">The code of a department or of a role.</param>
public sealed record NewPartner(string Code, string Name, string Office)
{
    /// <summary>Whose people it may see; empty for the whole area.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Where messages are sent over HTTP; empty for a folder.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether its files are workbooks.</summary>
    public bool WantsWorkbooks { get; init; }

    /// <summary>The payment channel under which payments that it tells of are posted; empty for none.</summary>
    public string Channel { get; init; } = "";
}

/// <summary>The offices with which an area exchanges messages (<c>lingyuan 六(二)</c>).</summary>
/// <param name="vault">Seals their keys.</param>
public sealed partial class Partners(Vault vault)
{
    /// <summary>By files in a watched folder.</summary>
    public const string Folder = "folder";

    /// <summary>Over HTTP.</summary>
    public const string Http = "http";

    const string Purpose = "exchange.secret";
    const int SecretBytes = 32;

    /// <summary>Adds a partner, or gives one that was closed a new key.</summary>
    /// <returns>Its key, to be handed over once.</returns>
    /// <exception cref="RefusedException">X102: something of it is not sound, or its code is taken.</exception>
    public async Task<byte[]> AddAsync(Act act, NewPartner order)
    {
        var old = await FindAsync(act.Session, act.Area, order.Code);
        if (old is { ClosedBy: null })
            throw new RefusedException("X102", $"交换单位“{order.Code}”已经有了；换密钥须先停用再新增");
        var unit = await UnitAsync(act, order);
        var salt = Vault.NewSalt();
        var secret = new byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        var row = new ExchangePartnerRow
        {
            Area = act.Area,
            Partner = order.Code,
            Name = order.Name.Trim(),
            Office = order.Office,
            Unit = unit,
            Way = order.Address.Length > 0 ? Http : Folder,
            Address = order.Address,
            Format = order.WantsWorkbooks ? "xlsx" : "csv",
            Channel = order.Channel,
            Salt = salt,
            Secret = vault.Seal(salt, Purpose, secret),
            ActId = act.Id,
        };
        act.Record("exchange_partner", order.Code, "added", null, new { row.Name, row.Office, row.Unit, row.Way, row.Format, row.Channel });
        await act.Session.Data.InsertOrReplaceAsync(row);
        return secret;
    }

    /// <summary>Closes a partner: nothing goes to it or comes from it any more.</summary>
    /// <exception cref="RefusedException">X102: there is none, or it is closed.</exception>
    public static async Task CloseAsync(Act act, string code)
    {
        var row = await RequireAsync(act.Session, act.Area, code);
        await act.Session.Data.UpdateAsync(row with { ClosedBy = act.Id, ActId = act.Id });
        act.Record("exchange_partner", code, "closed", new { row.Name }, null);
    }

    /// <summary>A partner that is not closed.</summary>
    /// <exception cref="RefusedException">X102: there is none, or it is closed.</exception>
    public static async Task<ExchangePartnerRow> RequireAsync(Session session, int area, string code) =>
        await FindAsync(session, area, code) is { ClosedBy: null } row ? row
            : throw new RefusedException("X102", "没有这个交换单位，或已停用；请用 canbao exchange partner list 查看");

    /// <summary>A partner, closed ones too; null where there is none.</summary>
    public static Task<ExchangePartnerRow?> FindAsync(Session session, int area, string code) =>
        session.Table<ExchangePartnerRow>().FirstOrDefaultAsync(row => row.Area == area && row.Partner == code);

    /// <summary>All partners of an area, by code.</summary>
    public static Task<List<ExchangePartnerRow>> ListAsync(Session session, int area) =>
        session.Table<ExchangePartnerRow>().Where(row => row.Area == area).OrderBy(row => row.Partner).ToListAsync();

    /// <summary>The partners that get a kind of message, by code.</summary>
    public static async Task<List<ExchangePartnerRow>> ReceiversAsync(Session session, int area, ExchangeKind kind) =>
        (await ListAsync(session, area)).FindAll(row => row.ClosedBy is null && kind.Offices.Contains(row.Office));

    /// <summary>The shared secret.</summary>
    public byte[] SecretOf(ExchangePartnerRow row) => vault.Open(row.Salt, Purpose, row.Secret);

    static async Task<string> UnitAsync(Act act, NewPartner order)
    {
        if (!CodePattern().IsMatch(order.Code) || order.Name.Trim().Length == 0)
            throw new RefusedException("X102", "交换单位代码须为2至20个小写字母、数字、下划线或连字符，并写明名称");
        if (!ExchangeKind.IsOffice(order.Office))
            throw new RefusedException("X102", "没有这种单位可以交换数据；请写部门或岗位的代码，如 tax、civil_affairs、street");
        if (order.Address.Length > 0 && !(Uri.TryCreate(order.Address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            throw new RefusedException("X102", "接收地址须以 http:// 或 https:// 开头；不写则用文件夹交换");
        if (ExchangeKind.Payments.Offices.Contains(order.Office) && order.Channel.Length == 0)
            throw new RefusedException("X102", "会传缴费结果的单位须写明款项记在哪个缴费渠道（--channel）");
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        var unit = order.Unit.Length == 0 ? tree.Root.Code : order.Unit;
        return tree.Find(unit) is not null ? unit : throw new RefusedException("X102", $"没有单位“{unit}”；请核对单位代码");
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{1,19}$")]
    private static partial Regex CodePattern();
}
