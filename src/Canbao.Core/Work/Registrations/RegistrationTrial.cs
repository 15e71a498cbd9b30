using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Column = Canbao.Core.Work.Registrations.RegistrationColumn;

namespace Canbao.Core.Work.Registrations;

/// <summary>Works out what a registration table does, row by row, without writing anything.</summary>
/// <param name="session">Where.</param>
/// <param name="area">The tenant.</param>
/// <param name="order">Which table, and whose.</param>
/// <param name="today">The business day.</param>
sealed class RegistrationTrial(Session session, int area, RegistrationOrder order, DateOnly today)
{
    const int ChunkRows = 1000;
    const int MostFaults = 1000;

    readonly RegistrationKnown known = new(session, area);
    readonly Dictionary<string, (string Unit, bool HasHead)> founded = new(StringComparer.Ordinal);
    readonly HashSet<long> headed = [];
    readonly RegistrationOutcome outcome = new();

    /// <summary>Reads a file and tells what it does.</summary>
    /// <param name="vault">Hashes numbers.</param>
    /// <param name="names">All categories.</param>
    /// <param name="file">The file.</param>
    /// <param name="rejects">Takes refused rows in the file's own layout; null to leave them out.</param>
    public async Task<RegistrationOutcome> RunAsync(Vault vault, CategoryNames names, TableFile file, Stream? rejects)
    {
        var units = new UnitNames(await UnitStore.ReadAsync(session, area), order.Within);
        // Read twice: a row can be refused only while it is read, and what it means is asked for many rows at once.
        using (var first = Intake.Open(file, order.Kind.Shape))
            await LoadAsync(first, new RegistrationFile(order.Kind, first, units, vault, today));
        using var intake = Intake.Open(file, order.Kind.Shape);
        rejects?.SetLength(0);
        using var returned = rejects is null ? null : new RejectsTable(rejects, intake);
        var reader = new RegistrationFile(order.Kind, intake, units, vault, today);
        while (intake.Read())
            if (reader.Read() is { } draft && Plan(intake.Row, draft) is { } deed && intake.Row.IsGood)
                outcome.Deeds.Add(deed);
            else
                Refuse(intake.Row, returned);
        returned?.Complete();
        outcome.Rows = intake.Rows;
        outcome.Notes = [.. intake.Notes, .. await CategoryNotesAsync(names), .. await HouseholdNotesAsync()];
        return outcome;
    }

    async Task LoadAsync(Intake intake, RegistrationFile reader)
    {
        var drafts = new List<RegistrationDraft>(ChunkRows);
        while (intake.Read())
        {
            if (reader.Read() is { } draft)
                drafts.Add(draft);
            if (drafts.Count < ChunkRows)
                continue;
            await known.AddAsync(drafts);
            drafts.Clear();
        }

        await known.AddAsync(drafts);
    }

    void Refuse(IntakeRow row, RejectsTable? returned)
    {
        outcome.Refused++;
        if (outcome.Faults.Count < MostFaults)
            outcome.Faults.AddRange(row.Faults);
        returned?.Add();
    }

    RegistrationDeed? Plan(IntakeRow row, RegistrationDraft draft)
    {
        var found = known.Find(draft);
        if (found is not null && found.Person.Name != draft.Name.Text)
            row.Refuse(Column.Name, "R209", "与登记的姓名不同；请核对号码和姓名，如确已改名请先在登记中更正");
        else if (order.Kind.Enrols)
            return PlanEnrolment(row, draft, found);
        else if (found is null || !order.Within.Contains(found.Path))
            row.Refuse(draft.Number is null ? Column.Name : Column.Number, "R301", "本单位及下级的登记中没有此人；请核对号码和单位");
        else if (order.Kind == RegistrationKind.Deceased)
            return PlanDeath(row, draft, found);
        else
            return PlanMoveOut(row, draft, found);
        return null;
    }

    RegistrationDeed? PlanEnrolment(IntakeRow row, RegistrationDraft draft, KnownPerson? found)
    {
        if (known.IsElsewhere(draft, order.Year))
            row.Refuse(Column.Number, "R308", "此人同一年度已在本系统的另一地区登记；请先在该地注销");
        CheckHousehold(row, draft);
        if (found is null)
        {
            if (draft.Sex is null || draft.BornOn is null)
                row.Refuse(Column.Number, "R206", "号码不含性别或出生日期的，须填写这两列");
            return Deed(draft, RegistrationAction.Register, null, enrols: true);
        }

        var (person, status) = (found.Person, found.Status);
        if (person.DiedOn is { } died)
            row.Refuse(Column.Name, "R306", $"登记为{died:yyyy-MM-dd}死亡；如有误请先撤销死亡登记");
        if (status.Employment == Employment.Employee
            || order.Kind != RegistrationKind.MovedIn && status.OtherCover != OtherCover.None)
            row.Refuse(Column.Name, "R307", "登记为已参加职工医保或已在外地参保；如已停保，请先变更登记信息");
        var enrols = found.Enrolments.All(each => each.InsuranceYear != order.Year.Year);
        if (order.Kind == RegistrationKind.MovedIn)
        {
            // Whoever answers for one of the two units only cannot take people out of the other.
            if (!order.Scope.Contains(found.Path))
                row.Refuse(Column.Number, "R317", "此人现登记在别处；请报送能看到两处的上级（街道、医保中心）办理");
            var moves = status.Unit != draft.Status.Unit || status.Residence != draft.Status.Residence
                || status.OtherCover != OtherCover.None;
            return Deed(draft, moves || enrols ? RegistrationAction.MoveIn : RegistrationAction.None, person.PersonId, enrols);
        }

        var pupil = draft.Status.SchoolUnit is not null;
        if (!pupil && status.Unit != draft.Status.Unit)
            row.Refuse(Column.Village, "R310", "此人现登记在别的单位；如已迁入，请用迁入人员花名册");
        var completes = draft.Number is not null && person.NumberHash is null;
        var action = completes ? RegistrationAction.Complete
            : enrols ? RegistrationAction.Enrol
            : pupil && status.SchoolUnit != draft.Status.SchoolUnit ? RegistrationAction.Change
            : RegistrationAction.None;
        return Deed(draft, action, person.PersonId, enrols);
    }

    void CheckHousehold(IntakeRow row, RegistrationDraft draft)
    {
        if (draft.Household.Length == 0)
            return;
        var kept = known.Households.GetValueOrDefault(draft.Household);
        var fresh = founded.GetValueOrDefault(draft.Household, (Unit: draft.Status.Unit, HasHead: false));
        var unit = kept?.Unit ?? fresh.Unit;
        if (kept?.EndedOn is not null || unit != draft.Status.Unit)
            row.Refuse(Column.Household, "R311", "这个户号是别的单位的，或该户已并入他户；请核对");
        var isHead = draft is { HasRelation: true, Status.Relation: Relation.Head };
        var hasHead = kept is null ? fresh.HasHead : known.Headed.Contains(kept.HouseholdId) || headed.Contains(kept.HouseholdId);
        if (isHead && hasHead && known.Find(draft)?.Status.Relation != Relation.Head)
            row.Refuse(Column.Relation, "R312", "这一户已有户主；请改写与户主关系，或先变更户主");
        if (!row.IsGood)
            return;
        if (kept is null)
            founded[draft.Household] = (unit, hasHead || isHead);
        else if (isHead)
            headed.Add(kept.HouseholdId);
    }

    static RegistrationDeed PlanDeath(IntakeRow row, RegistrationDraft draft, KnownPerson found)
    {
        if (found.Person.DiedOn is { } died && died != draft.Day)
            row.Refuse(Column.Day, "R306", $"已登记死亡，日期为{died:yyyy-MM-dd}，与表中不同；请核对");
        if (draft.Day < found.Person.BornOn)
            row.Refuse(Column.Day, "R305", "死亡日期早于出生日期；请核对");
        var refund = found.Paid.Where(year => draft.Day < new InsuranceYear(year).FirstDay).ToList();
        return Deed(draft, found.Person.DiedOn is null ? RegistrationAction.Die : RegistrationAction.None, found.Person.PersonId) with
        {
            Note = refund.Count == 0 ? "" : $"已缴 {string.Join('、', refund)} 年度，须办理退费",
        };
    }

    static RegistrationDeed PlanMoveOut(IntakeRow row, RegistrationDraft draft, KnownPerson found)
    {
        if (found.Person.DiedOn is { } died)
            row.Refuse(Column.Name, "R306", $"登记为{died:yyyy-MM-dd}死亡；如有误请先撤销死亡登记");
        if (found.Status.Residence == Residence.NonLocal && (!draft.IsInsuredThere || found.Status.OtherCover != OtherCover.None))
            return Deed(draft, RegistrationAction.None, found.Person.PersonId);
        var coming = found.Enrolments.Where(each => draft.Day < new InsuranceYear(each.InsuranceYear).FirstDay).ToList();
        var paid = coming.Select(each => each.InsuranceYear).Intersect(found.Paid).ToList();
        return Deed(draft, RegistrationAction.MoveOut, found.Person.PersonId) with
        {
            Note = coming.Count == 0 ? ""
                : !draft.IsInsuredThere ? "没有写明已在迁入地参保，参保登记保留"
                : paid.Count > 0 ? $"已缴 {string.Join('、', paid)} 年度，须先退费再注销登记"
                : $"注销 {string.Join('、', coming.Select(each => each.InsuranceYear))} 年度登记",
        };
    }

    static RegistrationDeed Deed(RegistrationDraft draft, RegistrationAction action, long? person, bool enrols = false) =>
        new(draft.Line, action, draft.Name.Text, draft.Number?.Masked ?? "", person, "")
        {
            Unit = draft.Status.Unit,
            Draft = draft,
            Enrols = enrols,
        };

    /// <summary>
    /// Lists decide who is assisted, not the form (<c>lishi 三-lists</c>): where a row says more than they do, that is told.
    /// </summary>
    async Task<IReadOnlyList<string>> CategoryNotesAsync(CategoryNames names)
    {
        var told = outcome.Deeds.Where(deed => deed.Draft.Category.Length > 0).ToList();
        if (told.Count == 0)
            return [];
        // No record has the identifier 0: whoever is new is on no list.
        long[] ids = [0, .. told.Select(deed => deed.PersonId).OfType<long>()];
        var day = today;
        var held = (await session.Table<CategorySpanRow>().Where(row => row.Area == area && ids.Contains(row.PersonId)
            && row.VoidedBy == null && row.FromDay <= day && (row.UntilDay == null || row.UntilDay >= day)).ToListAsync())
            .ToLookup(row => row.PersonId, row => RegistrationForm.Word(names, row.Category));
        var missing = told.Where(deed => deed.PersonId is not { } id || !held[id].Contains(deed.Draft.Category)).ToList();
        return missing.Count == 0 ? [] :
        [
            $"{missing.Count} 人写为资助对象而部门名单中没有，按名单为准；请与民政、乡村振兴核对：第 "
                + $"{string.Join('、', missing.Take(10).Select(deed => deed.Line))} 行",
        ];
    }

    /// <summary>A household enrols whole (<c>lingyuan 四(二)</c>): where members are left out, that is told.</summary>
    async Task<IReadOnlyList<string>> HouseholdNotesAsync()
    {
        if (!order.Kind.Enrols)
            return [];
        string[] numbers = [.. outcome.Deeds.Select(deed => deed.Draft.Household).Where(number => number.Length > 0).Distinct()];
        if (numbers.Length == 0)
            return [];
        long[] listed = [.. outcome.Deeds.Select(deed => deed.PersonId).OfType<long>()];
        var year = order.Year.Year;
        var left = await (
            from household in session.Table<HouseholdRow>()
            join status in session.Table<PersonStatusRow>()
                on new { household.Area, Id = (long?)household.HouseholdId } equals new { status.Area, Id = status.HouseholdId }
            join person in session.Table<PersonRow>()
                on new { status.Area, status.PersonId } equals new { person.Area, person.PersonId }
            where household.Area == area && status.Area == area && person.Area == area && numbers.Contains(household.Number)
                && status.UntilDay == null && person.DiedOn == null && person.MergedInto == null && !listed.Contains(person.PersonId)
                && status.Employment != Employment.Employee && status.OtherCover == OtherCover.None
                && !session.Table<EnrolmentRow>().Any(row => row.Area == area && row.InsuranceYear == year
                    && row.PersonId == person.PersonId && row.EndedOn == null)
            orderby household.Number, person.PersonId
            select new { household.Number, person.Name }).ToListAsync();
        return [.. left.GroupBy(row => row.Number).Select(one =>
            $"户号 {one.Key} 还有 {one.Count()} 人没有登记：{string.Join('、', one.Select(row => row.Name))}；应全户参保")];
    }
}
