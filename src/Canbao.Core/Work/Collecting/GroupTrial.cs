using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Collecting;

/// <summary>For whom somebody would pay: the people of a kept file, or those of a category within a unit.</summary>
/// <param name="Year">For which insurance year.</param>
public sealed record GroupOrder(InsuranceYear Year)
{
    /// <summary>The kept file; null where a category is meant.</summary>
    public long? Upload { get; init; }

    /// <summary>The category's code.</summary>
    public string Category { get; init; } = "";

    /// <summary>The code of the unit; empty for all of the viewer's.</summary>
    public string Unit { get; init; } = "";
}

/// <summary>Somebody for whom a group payment might be.</summary>
/// <param name="Line">The file's line, or the place in the list.</param>
/// <param name="Name">The name in the file or the register.</param>
/// <param name="Mask">The number as screens show it.</param>
public sealed record GroupTrialLine(long Line, string Name, string Mask)
{
    /// <summary>The person; null where the register has none.</summary>
    public long? PersonId { get; init; }

    /// <summary>The amount that the file asks for; null where it leaves that to us.</summary>
    public Money? Asked { get; init; }

    /// <summary>What the person has to pay by themselves if it is paid today; null where nothing can be told.</summary>
    public Money? Due { get; init; }

    /// <summary>Why nothing is paid for the person; empty where it is.</summary>
    public string Code { get; init; } = "";

    /// <summary>Why not, in words.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether it would be a line of the payment.</summary>
    public bool Fits => Code.Length == 0;
}

/// <summary>What a group payment would be today.</summary>
/// <param name="Lines">Everybody who is meant, those for whom nothing is paid too.</param>
/// <param name="Notes">What whoever uploads should know of the file.</param>
public sealed record GroupOutcome(IReadOnlyList<GroupTrialLine> Lines, IReadOnlyList<string> Notes)
{
    /// <summary>People and sum of the lines that fit.</summary>
    public BatchCount Count => new(
        Lines.Count(line => line.Fits), Lines.Where(line => line.Fits).Aggregate(Money.Zero, (sum, line) => sum + line.Due!.Value));

    /// <summary>Tells this outcome from another, so that nothing else is confirmed than what was looked at.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Lines.Select(
        line => FormattableString.Invariant($"{line.PersonId} {line.Due?.Fen} {line.Code}"))))))[..32];
}

/// <summary>Works out whom a group payment would be for, and what each owes today: only the personal part (<c>laishan 二(四)</c>).</summary>
/// <param name="dues">What people owe.</param>
/// <param name="vault">Finds people by numbers.</param>
public sealed class GroupTrial(Dues dues, Vault vault)
{
    /// <summary>The kind of kept files.</summary>
    public const string UploadKind = "group";

    /// <summary>The most people of one payment.</summary>
    public const int Most = 2000;

    const int Number = 0, Name = 1, Amount = 2;

    static readonly TableShape Shape = new(
        new("身份证号码", ColumnKind.Digits, true, "证件号码", "身份证号", "公民身份号码"),
        new("姓名", ColumnKind.Text, true, "参保人姓名"),
        new("金额", ColumnKind.Digits, false, "缴费金额", "金额（元）"));

    readonly Uploads uploads = new(vault);

    /// <summary>What would be paid for whom today.</summary>
    /// <param name="session">A read, or the deed's transaction.</param>
    /// <param name="viewer">Who asks: sees whom lives in the own units, a department those of its own lists.</param>
    /// <param name="order">For whom.</param>
    /// <param name="today">The day of payment that is assumed.</param>
    /// <exception cref="RefusedException">
    /// C181: the file or category is not the viewer's, or more than <see cref="Most"/> people.
    /// </exception>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public async Task<GroupOutcome> TryAsync(Session session, Viewer viewer, GroupOrder order, DateOnly today)
    {
        var tree = await UnitStore.ReadAsync(session, viewer.Area);
        var notes = new List<string>();
        var lines = order.Upload is { } upload
            ? await FromFileAsync(session, viewer, upload, notes)
            : await FromListAsync(session, viewer, order, (tree, today));
        lines = await WithinAsync(session, viewer, tree, lines);
        return new(await JudgedAsync(session, viewer.Area, order.Year, lines, today), notes);
    }

    async Task<List<GroupTrialLine>> FromFileAsync(Session session, Viewer viewer, long id, List<string> notes)
    {
        if (await Uploads.FindAsync(session, viewer.Area, id) is not { Kind: UploadKind } upload || upload.Department != viewer.Login)
            throw new RefusedException("C181", "没有找到这份上传的名单；只有上传的人可以使用");
        using var opened = await uploads.OpenAsync(session, upload);
        var (lines, hashes) = Read(opened.File, notes);
        var known = await ListedPeople.ByNumberAsync(session, viewer.Area, hashes.Values);
        var seen = new HashSet<long>();
        return lines.ConvertAll(line => !line.Fits ? line
            : !known.TryGetValue(hashes[line.Line], out var person) ? line with { Code = "C106", Text = "登记中没有这个证件号码；请核对，或先登记此人" }
            : person.Name != line.Name ? line with { Code = "C106", Text = "姓名与登记的不一致；请核对" }
            : seen.Add(person.PersonId) ? line with { PersonId = person.PersonId }
            : line with { Code = "C183", Text = "与前面的行重复" });
    }

    /// <summary>The rows, and the hashes of sound numbers by line.</summary>
    (List<GroupTrialLine> Lines, Dictionary<long, UInt128> Hashes) Read(TableFile file, List<string> notes)
    {
        var (lines, hashes) = (new List<GroupTrialLine>(), new Dictionary<long, UInt128>());
        using var intake = Intake.Open(file, Shape);
        while (intake.Read())
        {
            if (lines.Count == Most)
                throw TooMany();
            var row = intake.Row;
            var number = CitizenNumber.TryParse(row.Text(Number), out var sound, out var wrong) ? sound : null;
            var line = new GroupTrialLine(row.Line, row.Text(Name), number?.Masked ?? IntakeFault.Masked(row.Text(Number)));
            Money asked = default;
            lines.Add(!row.IsGood ? line with { Code = row.Faults[0].Code, Text = $"{row.Faults[0].Column}：{row.Faults[0].Reason}" }
                : number is null ? line with { Code = "C106", Text = wrong!.Text }
                : row.Text(Amount) is { Length: > 0 } text && !Money.TryParseYuan(text, out asked)
                    ? line with { Code = "C104", Text = "金额写成 320 或 320.00，不带逗号和单位" }
                : line with { Asked = row.Text(Amount).Length > 0 ? asked : null });
            if (number is not null)
                hashes[row.Line] = ListedPeople.Key(vault.Hash(number.Full));
        }

        notes.AddRange(intake.Notes);
        return (lines, hashes);
    }

    static async Task<List<GroupTrialLine>> FromListAsync(
        Session session, Viewer viewer, GroupOrder order, (UnitTree Tree, DateOnly Today) known)
    {
        var path = order.Unit.Length == 0 ? viewer.UnitPath
            : known.Tree.Find(order.Unit) is { } unit ? known.Tree.PathOf(unit) : "";
        if (order.Category.Length == 0 || !viewer.Sees(path))
            throw new RefusedException("C181", "请上传名单，或选择人员类别和本单位、下级的单位");
        var within = new UnitRange(path);
        var holders = (await Categories.PeopleAsync(session, viewer.Area, order.Category, known.Today, order.Year))
            .Where(holder => viewer.Department is null || holder.Department == viewer.Department)
            .Where(holder => known.Tree.Find(holder.Unit) is { } home && within.Contains(known.Tree.PathOf(home)))
            .DistinctBy(holder => holder.PersonId).ToList();
        return holders.Count > Most ? throw TooMany()
            : [.. holders.Select((holder, at) => new GroupTrialLine(at + 1, holder.Name, holder.Mask) { PersonId = holder.PersonId })];
    }

    /// <summary>Nobody learns what others than those of the own units owe.</summary>
    static async Task<List<GroupTrialLine>> WithinAsync(Session session, Viewer viewer, UnitTree tree, List<GroupTrialLine> lines)
    {
        var (area, people) = (viewer.Area, lines.Select(line => line.PersonId).OfType<long>().ToList());
        if (viewer.SeesWholeArea || people.Count == 0)
            return lines;
        var homes = await session.Table<PersonStatusRow>()
            .Where(row => row.Area == area && row.UntilDay == null && people.Contains(row.PersonId))
            .ToDictionaryAsync(row => row.PersonId, row => row.Unit);
        return lines.ConvertAll(line => line.PersonId is not { } id || homes.TryGetValue(id, out var home)
            && tree.Find(home) is { } unit && viewer.Sees(tree.PathOf(unit))
                ? line
                : line with { PersonId = null, Code = "C182", Text = "此人不在本单位；请由所在单位或名单部门办理" });
    }

    async Task<List<GroupTrialLine>> JudgedAsync(
        Session session, int area, InsuranceYear year, List<GroupTrialLine> lines, DateOnly today)
    {
        var ids = lines.Select(line => line.PersonId).OfType<long>().ToList();
        if (ids.Count == 0)
            return lines;
        var people = await PayingPeople.ReadAsync(session, area, dues, year, ids.ConvertAll(id => (id, today)));
        var waiting = await Groups.WaitingAsync(session, area, year, ids);
        return lines.ConvertAll(line => line.PersonId is { } id ? Judged(line, id) : line);

        GroupTrialLine Judged(GroupTrialLine line, long id)
        {
            var due = people.Owed(id, today);
            line = line with { Due = due };
            if (waiting.Contains(id))
                return line with { Code = "C183", Text = "已列入另一次还没有缴款的集体缴费" };
            var order = new PaymentOrder(id, year, line.Asked ?? due ?? Money.Zero)
            {
                PaidOn = today,
                Channel = Groups.Channel,
                Debit = Ledger.Accounts.Tax,
            };
            var (fault, _) = people.Judge(order, new Dictionary<(long, InsuranceYear), PaymentOrder>());
            return fault is null ? line
                : fault.Code == "C103" && due == Money.Zero ? line with { Code = fault.Code, Text = "个人应缴 0.00 元，由资助承担，不用再缴" }
                : line with { Code = fault.Code, Text = fault.Text };
        }
    }

    static RefusedException TooMany() => new("C181", $"一次集体缴费最多 {Most} 人；请分成几次");
}
