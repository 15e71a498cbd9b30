using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Core.Work.Refunding;
using Canbao.Policy;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Changes;

/// <summary>
/// Changes after the fact: what one would do to due, payment, funders and cover is told by doing it and taking it back, so that preview
/// and deed are the same code; then all of it is stored in one transaction, or nothing (ADR 10).
/// </summary>
/// <param name="dues">What people owe.</param>
/// <param name="shelf">The packs, which name their payers.</param>
/// <param name="vault">Seals whom refunds go to.</param>
public sealed class ChangeDesk(Dues dues, PackShelf shelf, Vault vault)
{
    readonly Consequences consequences = new(dues);
    readonly RefundRules rules = new(dues);
    readonly RefundDesk refunds = new(dues, vault);

    /// <summary>What a change would do. Nothing is stored.</summary>
    /// <param name="database">Where.</param>
    /// <param name="viewer">Who would do it.</param>
    /// <param name="order">The change.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="RefusedException">As the change itself refuses.</exception>
    public Task<ChangeEffects> PreviewAsync(Database database, Viewer viewer, ChangeOrder order, CancellationToken cancel = default) =>
        Act.TryAsync(database, viewer.Area, new(viewer.Login, "试算变更"), "change.try", act => DoAsync(act, viewer, order), cancel);

    /// <summary>
    /// Does a change with all that follows: dues, cover, and requests for refunds by the same account, which somebody else decides.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who does it.</param>
    /// <param name="order">The change.</param>
    /// <param name="digest">The effects that were shown.</param>
    /// <exception cref="RefusedException">C200: other effects come of it by now. Else as the change itself refuses.</exception>
    public async Task<ChangeEffects> ApplyAsync(Act act, Viewer viewer, ChangeOrder order, string digest)
    {
        var effects = await DoAsync(act, viewer, order);
        return effects.Digest == digest ? effects
            : throw new RefusedException("C200", "登记、缴费或待遇有了变化，这项变更的影响与您看到的不同；请核对新的影响后再确认");
    }

    async Task<ChangeEffects> DoAsync(Act act, Viewer viewer, ChangeOrder order)
    {
        var reader = new StandingReader(act.Session, act.Area, dues);
        var who = await order.WhoAsync(act);
        var before = new List<Dictionary<long, Standing>>();
        foreach (var year in order.Years)
            before.Add(await reader.ReadAsync(year, who));
        await order.DoAsync(act);
        await consequences.DrawAsync(act, order.Years, who);
        var effects = new List<PersonEffect>();
        foreach (var (at, year) in order.Years.Index())
        {
            var after = await reader.ReadAsync(year, who);
            effects.AddRange(who.Distinct()
                .Select(person => Compare(person, year, before[at].GetValueOrDefault(person), after.GetValueOrDefault(person), order))
                .OfType<PersonEffect>());
        }

        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        effects = await JudgedAsync(act, viewer, tree, effects);
        effects.RemoveAll(one => IsNothing(one));
        if (order.AsksForRefunds)
            await RequestAsync(act, viewer, effects);
        return new(order.Text, await NamedAsync(act, tree, effects), who.Count, PayerName);
    }

    static PersonEffect? Compare(long person, InsuranceYear year, Standing? old, Standing? now, ChangeOrder order)
    {
        if (now is null)
            return null;
        var payment = now.Payment is { } paid ? new PaymentEffect(paid, old?.Then?.Personal, now.Then?.Personal) : null;
        var effect = new PersonEffect(person, year, now.Unit, DueEffect.Of(old?.Due), DueEffect.Of(now.Due))
        {
            IsEnrolled = (old?.IsEnrolled ?? false, now.IsEnrolled),
            Payment = payment,
            Borne = (old?.Borne, now.Borne),
            Cover = [.. CoverOf(old?.Cover ?? [], now.Cover)],
        };
        return effect with { Payment = payment is null ? null : payment with { Reason = ReasonOf(effect, payment, order) } };
    }

    static IEnumerable<CoverEffect> CoverOf(List<CoverSpanRow> before, List<CoverSpanRow> after)
    {
        var now = after.ToDictionary(span => span.SpanId);
        foreach (var span in before)
            if (!now.Remove(span.SpanId, out var left))
                yield return new(CoverFate.Void, span.FromDay, span.UntilDay, null);
            else if (left.UntilDay < span.UntilDay)
                yield return new(CoverFate.Shortened, span.FromDay, left.UntilDay, span.UntilDay);
        foreach (var span in now.Values.OrderBy(span => span.FromDay))
            yield return new(CoverFate.Opens, span.FromDay, span.UntilDay, null);
    }

    /// <summary>Why a payment is too much by what the change says, and was not before; empty where it is not.</summary>
    static string ReasonOf(PersonEffect effect, PaymentEffect paid, ChangeOrder order)
    {
        // Money that another system took is not ours to give back.
        if (paid.Payment.TransferId is null)
            return "";
        if (effect.Before?.Outcome != effect.After?.Outcome && Ended(effect.After?.Outcome) is { } ended)
            return ended;
        bool isLess = order.RefundReason == Refunds.NewlyExempt
            ? effect.After?.Personal < paid.Amount && !(effect.Before?.Personal < paid.Amount)
            : paid.OwedAfter < paid.Amount && !(paid.OwedBefore < paid.Amount);
        return isLess ? order.RefundReason : "";

        static string? Ended(string? outcome) => outcome == OtherOutcomes.Dead ? Refunds.DiedBeforeYear
            : outcome == Outcome.DuplicateCover.Code() ? Refunds.Duplicate
            : outcome == Outcome.OutOfScope.Code() ? Refunds.EmployeeBeforeYear
            : null;
    }

    async Task<List<PersonEffect>> JudgedAsync(
        Act act, Viewer viewer, UnitTree tree, List<PersonEffect> effects)
    {
        var paid = effects.Where(one => one.Payment is { Reason.Length: > 0 }).ToList();
        if (paid.Count == 0)
            return effects;
        var answers = new Dictionary<long, RefundAnswer>();
        foreach (var same in paid.GroupBy(one => one.Payment!.Reason, one => one.Payment!.Payment))
            foreach (var (payment, answer) in await rules.JudgeAsync(act.Session, act.Area, [.. same], same.Key, act.Today))
                answers.Add(payment, answer);
        var hindered = await RefundDesk.HinderedAsync(act.Session, act.Area, [.. answers.Keys]);
        bool mayAsk = viewer.Role is Role.Agent or Role.Street or Role.Bureau;
        return effects.ConvertAll(one => one.Payment is { } payment && answers.TryGetValue(payment.Payment.PaymentId, out var answer)
            ? one with { Payment = payment with { Answer = answer, MayRequest = answer.Basis is not null && MayAsk(payment.Payment) } }
            : one);

        bool MayAsk(PaymentRow payment) => mayAsk && !hindered.ContainsKey(payment.PaymentId)
            && tree.Find(payment.Unit) is { } unit && viewer.Sees(tree.PathOf(unit));
    }

    async Task RequestAsync(Act act, Viewer viewer, List<PersonEffect> effects)
    {
        var asked = effects.Where(one => one.Payment is { MayRequest: true }).Select(one => one.Payment!);
        foreach (var same in asked.GroupBy(one => one.Reason, one => one.Payment.PaymentId))
            await refunds.RequestAsync(act, viewer, [.. same], same.Key, act.Reason, new("", ""));
    }

    static async Task<IReadOnlyList<PersonEffect>> NamedAsync(Act act, UnitTree tree, List<PersonEffect> effects)
    {
        var people = await ListedPeople.ByIdAsync(act.Session, act.Area, effects.Select(one => one.PersonId));
        var named = effects.Select(one => one with
        {
            Name = people[one.PersonId].Name,
            Mask = people[one.PersonId].Mask,
            UnitName = tree.Find(one.Unit)?.Name ?? "",
        });
        var places = tree.All.Index().ToDictionary(pair => pair.Item.Code, pair => pair.Index, StringComparer.Ordinal);
        return [.. named.OrderBy(one => places.GetValueOrDefault(one.Unit)).ThenBy(one => one.Name, StringComparer.Ordinal)
            .ThenBy(one => one.PersonId).ThenBy(one => one.Year.Year)];
    }

    /// <summary>Whether an office would see no difference.</summary>
    static bool IsNothing(PersonEffect one) => IsSameDue(one) && one.IsEnrolled.Before == one.IsEnrolled.After
        && one.Cover.Count == 0 && (one.Payment is not { } paid || paid.Reason.Length == 0 && paid.Lacking == Money.Zero);

    /// <summary>Whether as much is owed as before; whatever a verdict says by now, others bear what is booked.</summary>
    static bool IsSameDue(PersonEffect one) => one.Borne is ({ } before, { } after)
        ? one.Before?.Outcome == one.After?.Outcome && one.Before?.Personal == one.After?.Personal
            && before.Select(Told).SequenceEqual(after.Select(Told))
        : DueEffect.AreSame(one.Before, one.After);

    static (string?, Money) Told(FundedPart part) => (part.Payer?.Chinese, part.Amount);

    string PayerName(string pack, string payer) => pack.Length > 0 && shelf.Names.Contains(pack)
        ? shelf.Find(pack).Pack.Payers.FirstOrDefault(each => each.Code == payer)?.Chinese ?? payer
        : payer;
}
