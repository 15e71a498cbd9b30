using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Rosters;

/// <summary>Works out what a list would do, from the file and what is kept at this moment. Reads only.</summary>
/// <param name="session">Where.</param>
/// <param name="area">The tenant.</param>
/// <param name="order">How the list is to be read.</param>
/// <param name="names">All categories.</param>
sealed class RosterTrial(Session session, int area, RosterOrder order, CategoryNames names)
{
    readonly RosterOutcome outcome = new();
    RosterReader reader = null!;
    bool isReturned;

    /// <summary>Tries a list.</summary>
    /// <param name="vault">Hashes numbers.</param>
    /// <param name="file">The list.</param>
    /// <param name="rejects">Takes refused rows; null to leave them out.</param>
    /// <param name="progress">Told how much of the file was read, 0 to 1.</param>
    public async Task<RosterOutcome> RunAsync(Vault vault, TableFile file, Stream? rejects, IProgress<double>? progress)
    {
        var words = (await RosterWords.ReadAsync(session, area, order.Department)).With(order.Words);
        order.Words.Require(RosterTable.Shape(order), names);
        reader = new(vault, names, order, words);
        var drafts = Read(file, progress);
        if (outcome.Rows == 0)
            outcome.Stops.Add("名单中没有任何一行；如全部退出，请用动态调整名单逐人写明");
        if (outcome.Stops.Count == 0)
            await JudgeAsync(drafts);
        outcome.SortFaults();
        outcome.Rejected = outcome.Faults.Select(fault => fault.Line).Distinct().Count();
        if (outcome.Stops.Count == 0)
            await FinishAsync();
        outcome.Digest = OutcomeDigest.Of(order, outcome);
        if (rejects is not null && outcome.Rejected > 0)
            reader.Reject(file, outcome, rejects);
        return outcome;
    }

    /// <summary>Opens a list, and no more.</summary>
    public async Task CheckAsync(Vault vault, TableFile file)
    {
        var words = (await RosterWords.ReadAsync(session, area, order.Department)).With(order.Words);
        order.Words.Require(RosterTable.Shape(order), names);
        using var intake = new RosterReader(vault, names, order, words).Open(file);
    }

    List<RosterDraft> Read(TableFile file, IProgress<double>? progress)
    {
        using var intake = reader.Open(file);
        isReturned = intake.Header.ReasonPlace >= 0;
        return reader.Read(intake, outcome, progress);
    }

    async Task JudgeAsync(List<RosterDraft> drafts)
    {
        var found = await ListedPeople.ByNumberAsync(session, area, drafts.Select(draft => draft.Number));
        var matched = Matched(drafts, found);
        if (order.Kind == RosterKind.Full)
            await FullAsync(matched);
        else
            await AdjustAsync(matched);
    }

    /// <summary>The rows whose people are in the register, as they should be, each once.</summary>
    List<(RosterDraft Draft, ListedPerson Person)> Matched(List<RosterDraft> drafts, Dictionary<UInt128, ListedPerson> found)
    {
        var matched = new List<(RosterDraft, ListedPerson)>();
        var seen = new Dictionary<(long, string, DateOnly), bool>();
        foreach (var draft in drafts)
        {
            if (Fault(draft, found.GetValueOrDefault(draft.Number)) is { } fault)
                outcome.Faults.Add(fault);
            else if (seen.TryAdd((found[draft.Number].PersonId, draft.Category, draft.Day), draft.IsAddition))
                matched.Add((draft, found[draft.Number]));
            else if (seen[(found[draft.Number].PersonId, draft.Category, draft.Day)] == draft.IsAddition)
                outcome.Repeated++;
            else
                outcome.Faults.Add(reader.Fault(draft, RosterTable.Change, RosterFaults.Contradicting,
                    "与前面的行矛盾：同一人、同一类别在同一天既新增又退出；请核对后只留一行"));
        }

        if (outcome.Repeated > 0)
            outcome.Notes.Add($"有 {outcome.Repeated} 行与前面的行重复，只算一次");
        return matched;
    }

    IntakeFault? Fault(RosterDraft draft, ListedPerson? person)
    {
        if (person is null)
            return reader.Fault(draft, RosterTable.Number, RosterFaults.NotRegistered, "登记中没有这个号码；请核对，确属本地的请先登记人员");
        if (draft.Name is not null && draft.Name != person.Name)
            return reader.Fault(draft, RosterTable.Name, RosterFaults.OtherName, "与登记的姓名不同；请核对号码和姓名");
        // Whoever died or is insured elsewhere leaves a list, and comes on none.
        if (!draft.IsAddition)
            return null;
        if (person.DiedOn is { } died)
            return reader.Fault(draft, RosterTable.Number, RosterFaults.Dead, $"此人已于{died:yyyy-MM-dd}死亡；请从名单中删去，或更正死亡登记");
        return person.OtherCover == OtherCover.None ? null : reader.Fault(
            draft, RosterTable.Number, RosterFaults.InsuredElsewhere, "此人已在别处参保；请核实后从名单中删去，或更正参保信息");
    }

    async Task FullAsync(List<(RosterDraft Draft, ListedPerson Person)> matched)
    {
        var scope = matched.Select(row => row.Draft.Category).ToHashSet(StringComparer.Ordinal);
        var book = new SpanBook(await SpanReader.OfCategoriesAsync(session, area, order.Department, scope));
        var day = order.EffectiveOn;
        if (book.All.Any(span => span.VoidedBy is null && (span.FromDay > day || span.UntilDay >= day)))
            outcome.Stops.Add($"这个部门的这些类别在{day:yyyy-MM-dd}之后还有变动；请把生效日改为之后的一天，或先撤销后面的名单");
        if (outcome.Stops.Count > 0)
            return;
        var before = book.All.Where(span => span.IsOn(day)).ToList();
        foreach (var (draft, person) in matched)
            Apply(book, draft, person);
        var listed = matched.Select(row => (row.Person.PersonId, row.Draft.Category)).ToHashSet();
        var left = before.Where(span => !listed.Contains((span.PersonId, span.Category))).ToList();
        var people = await ListedPeople.ByIdAsync(session, area, left.Select(span => span.PersonId));
        var removals = left.Select(span => new RosterChange(people[span.PersonId], span.Category, false, day, null));
        // While a row is refused, nobody knows whom it meant: no one leaves by mistake. The same for rows that come back by themselves.
        if (outcome.Faults.Count > 0 || isReturned)
            outcome.HeldBack.AddRange(removals);
        else
            foreach (var removal in removals)
                Remove(book, removal);
        outcome.Spans.AddRange(book.Touched);
        outcome.Held = before.Select(span => span.PersonId).Distinct().Count();
        Count(matched.Select(row => row.Person));
        await CompareAsync(matched);
        await NoteOthersAsync(scope);
    }

    /// <summary>Categories that a list does not name stay as they are, even where somebody meant that nobody holds them any more.</summary>
    async Task NoteOthersAsync(HashSet<string> scope)
    {
        var (department, day) = (order.Department, order.EffectiveOn);
        if (order.Category.Length > 0)
            return;
        var others = await session.Table<CategorySpanRow>()
            .Where(row => row.Area == area && row.Department == department && row.VoidedBy == null && row.FromDay <= day
                && (row.UntilDay == null || row.UntilDay >= day)).Select(row => row.Category).Distinct().ToListAsync();
        if (others.Where(code => !scope.Contains(code)).Order(StringComparer.Ordinal).Select(names.Chinese).ToList() is { Count: > 0 } left)
            outcome.Notes.Add($"名单中没有的类别不受影响：{string.Join("、", left)}");
    }

    async Task AdjustAsync(List<(RosterDraft Draft, ListedPerson Person)> matched)
    {
        var book = new SpanBook(
            await SpanReader.OfPeopleAsync(session, area, order.Department, matched.Select(row => row.Person.PersonId)));
        var good = new List<(RosterDraft Draft, ListedPerson Person)>();
        foreach (var (draft, person) in matched.OrderBy(row => row.Draft.Day).ThenBy(row => row.Draft.Line))
        {
            var answer = Apply(book, draft, person);
            if (answer is SpanAnswer.EndedAlready)
                outcome.Faults.Add(reader.Fault(draft, RosterTable.Day, RosterFaults.EndedAlready,
                    "登记中此人的这一类别在这一天之后已经退出；请核对时间，如先前的退出有误请先撤销"));
            else if (answer is SpanAnswer.BeginsLater)
                outcome.Faults.Add(reader.Fault(draft, RosterTable.Day, RosterFaults.BeginsLater,
                    "登记中此人在这一天之后才列入这一类别；请核对时间"));
            else
                good.Add((draft, person));
        }

        outcome.Spans.AddRange(book.Touched);
        Count(good.Select(row => row.Person));
        await CompareAsync(good);
    }

    SpanAnswer Apply(SpanBook book, RosterDraft draft, ListedPerson person)
    {
        var answer = draft.IsAddition
            ? book.Add(new()
            {
                Area = area,
                PersonId = person.PersonId,
                Category = draft.Category,
                Department = order.Department,
                FromDay = draft.Day,
            })
            : book.Remove(person.PersonId, draft.Category, draft.Day);
        if (answer == SpanAnswer.Done)
            outcome.Changes.Add(new(person, draft.Category, draft.IsAddition, draft.Day, draft.Line));
        return answer;
    }

    void Remove(SpanBook book, RosterChange removal)
    {
        book.Remove(removal.Person.PersonId, removal.Category, removal.Day);
        outcome.Changes.Add(removal);
    }

    void Count(IEnumerable<ListedPerson> listed)
    {
        var changes = outcome.Changes.ToLookup(change => change.Person.PersonId, change => change.IsAddition);
        outcome.Changed = changes.Count(person => person.Contains(true) && person.Contains(false));
        outcome.Added = changes.Count(person => !person.Contains(false));
        outcome.Removed = changes.Count(person => !person.Contains(true));
        outcome.Same = [.. listed.Where(person => !changes.Contains(person.PersonId)).DistinctBy(person => person.PersonId)];
    }

    async Task CompareAsync(List<(RosterDraft Draft, ListedPerson Person)> rows)
    {
        var people = rows.Select(row => row.Person).Concat(outcome.Changes.Select(change => change.Person));
        var others = (await SpanReader.OfOthersAsync(session, area, order.Department, people.Select(person => person.PersonId)))
            .Where(span => !CategoryNames.IsMark(span.Category)).ToLookup(span => span.PersonId);
        var listed = rows.Where(row => row.Draft.IsAddition && !CategoryNames.IsMark(row.Draft.Category))
            .ToLookup(row => row.Person.PersonId, row => row.Draft.Category);
        foreach (var (draft, person) in rows.Where(row => row.Draft.IsAddition && !CategoryNames.IsMark(row.Draft.Category)))
            foreach (var other in others[person.PersonId])
                if (other.IsOn(draft.Day) && !listed[person.PersonId].Contains(other.Category))
                    outcome.Conflicts.Add(new(person, draft.Category, false, other.Department, other.Category));
        foreach (var change in outcome.Changes.Where(change => !change.IsAddition))
            foreach (var other in others[change.Person.PersonId])
                if (other.IsOn(change.Day) && other.Category == change.Category)
                    outcome.Conflicts.Add(new(change.Person, change.Category, true, other.Department, other.Category));
    }

    async Task FinishAsync()
    {
        if (outcome.HeldBack.Count > 0)
            outcome.Notes.Add(isReturned
                ? $"这是退回后改好的行，不是完整名单：不做退出（{outcome.HeldBack.Count} 人次不在其中）"
                : $"有 {outcome.Rejected} 行被退回，名单不完整：只做新增，不做退出（{outcome.HeldBack.Count} 人次待改好后重新上传）");
        var ending = outcome.Changes.Where(change => !change.IsAddition).Select(change => change.Category)
            .ToHashSet(StringComparer.Ordinal);
        if (ending.Count == 0)
            return;
        if (order.Kind == RosterKind.Adjustment)
            outcome.Held = await SpanReader.HeldAsync(session, area, order.Department, ending, order.EffectiveOn);
        var limit = await RosterLimits.ReadAsync(session, area);
        outcome.NeedsSecond = outcome.Removed >= limit.People && outcome.Removed * 100L > (long)limit.Percent * outcome.Held;
    }
}
