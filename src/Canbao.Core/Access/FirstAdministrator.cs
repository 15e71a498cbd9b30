using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Access;

/// <summary>The account with which everything begins. It can be made as long as no area has an administrator, and only once.</summary>
public static class FirstAdministrator
{
    /// <summary>Whether there is no administrator yet, open or closed, in any area.</summary>
    public static Task<bool> IsMissingAsync(Database database, CancellationToken cancel = default) =>
        database.ReadAsync(async session => !await AnyAsync(session, cancel), cancel);

    /// <summary>Makes it, with the password that its owner chose, for the whole of an area.</summary>
    /// <param name="database">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="login">The name for signing in.</param>
    /// <param name="name">The person's name.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancel">Ends it early, with nothing stored.</param>
    /// <exception cref="RefusedException">
    /// L101, L102, L107, L110: not sound. L120: there is an administrator. L121: there is no such area.
    /// </exception>
    public static async Task AddAsync(
        Database database, int area, string login, string name, string password, CancellationToken cancel = default)
    {
        var top = await database.ReadAsync(
            session => session.Table<UnitRow>().Where(row => row.Area == area && row.Parent == null).Select(row => row.Code)
                .FirstOrDefaultAsync(cancel),
            cancel) ?? throw new RefusedException("L121", "没有这个地区，或者还没有导入它的单位；请先运行 canbao init");
        var wish = new NewAccount(login, name, Role.Administrator, top) { IsChosen = true };
        await Accounts.AddAsync(
            database, area, new("@first", "首次启动，建立第一个账号管理员"), wish, password, null, RequireNoneAsync, cancel);

        async Task RequireNoneAsync(Act act)
        {
            // In the same transaction as the account, so that of two at once one is refused.
            if (await AnyAsync(act.Session, cancel))
                throw new RefusedException("L120", "已经有账号管理员了；请由他新建账号");
        }
    }

    static async Task<bool> AnyAsync(Session session, CancellationToken cancel)
    {
        var role = Role.Administrator.Code();
        foreach (int area in (await UnitStore.AreasAsync(session)).ConvertAll(row => row.Code))
            if (await session.Table<AccountRow>().AnyAsync(row => row.Area == area && row.Role == role, cancel))
                return true;
        return false;
    }
}
