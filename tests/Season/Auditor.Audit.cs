using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using Canbao.TestKit.Databases;

namespace Canbao.Season.Tests;

/// <summary>One audit: first what has to be there, then what is there.</summary>
sealed partial class Auditor
{
    sealed class Audit(Auditor auditor, Books books)
    {
        static readonly string Dues = Accounts.Dues(TestArea.Year);

        readonly List<AuditFault> faults = [.. auditor.heard];
        readonly SortedDictionary<string, long> expected = new(StringComparer.Ordinal);
        readonly Dictionary<string, (long Act, Word Word)> takenBack = new(StringComparer.Ordinal);
        readonly HashSet<long> accounted = [];
        readonly ILookup<(string, string), PaymentRow> byReference =
            books.Payments.ToLookup(row => (row.Channel, row.Reference));
        readonly ILookup<(string, string), (long Act, Word Word)> decided = auditor.Effective(books, Word.Match, Word.Return)
            .ToLookup(one => (one.Word.Channel, one.Word.Reference));

        public List<AuditFault> Run()
        {
            foreach (var (id, deed) in auditor.deeds)
                CheckDeed(id, deed);
            foreach (var one in auditor.Effective(books, Word.Reverse))
                if (!takenBack.TryAdd(one.Word.Receipt, one))
                    Add(AuditFault.Twice, $"{one.Word.Receipt} is taken back twice");
            foreach (var (key, note) in auditor.notes)
                CheckNote(key, note);
            foreach (var key in books.Notices.Keys.Where(key => !auditor.notes.ContainsKey(key)))
                Add(AuditFault.Unsent, $"{key}: a notice that nobody sent");
            foreach (var (act, word) in auditor.Effective(books, Word.Cash))
                CheckCash(act, word);
            foreach (var (_, word) in auditor.Effective(books, Word.HandOn))
                Move(word.To, Accounts.Cash(word.Account), word.Fen);
            foreach (var payment in books.Payments)
                CheckPayment(payment);
            CheckCover();
            CheckBalances();
            CheckReasons();
            CheckDead();
            return faults;
        }

        void Add(string rule, string text) => faults.Add(new(rule, text));

        void Move(string debit, string credit, long fen)
        {
            expected[debit] = expected.GetValueOrDefault(debit) + fen;
            expected[credit] = expected.GetValueOrDefault(credit) - fen;
        }

        /// <summary>What was said to be done is one act; what was refused is none.</summary>
        void CheckDeed(string id, Deed deed)
        {
            int acts = books.Acts[id].Count();
            if (acts > 1)
                Add(AuditFault.Twice, $"{id} is done {acts} times");
            else if (deed.IsDone && acts == 0 && deed.Kind != Word.Die)
                Add(AuditFault.Lost, $"{id} is acknowledged and not there");
            else if (!deed.IsDone && !deed.IsInDoubt && acts > 0)
                Add(AuditFault.Unsent, $"{id} was refused and is there");
        }

        void CheckNote((string Channel, string) key, Note note)
        {
            var row = books.Notices.GetValueOrDefault(key);
            var paid = byReference[key].ToList();
            var decisions = decided[key].ToList();
            if (paid.Count > 1 || decisions.Count > 1)
                Add(AuditFault.Twice, $"{key} is posted or decided twice");
            var content = note.Accepted ?? (note.IsInDoubt && row is { TransferId: not null } or { PaymentId: not null }
                ? note.Tried.Find(word => word.Fen == row.Amount && word.Day == row.PaidOn) : null);
            if (content is null)
            {
                bool isCancelled = row is { State: ChannelNotices.Cancelled } && (note.IsCancelled || note.IsInDoubt);
                if (paid.Count > 0 || row is not null && !isCancelled)
                    Add(AuditFault.Unsent, $"{key}: nothing was accepted, but there is {row?.State ?? "a payment"}");
                return;
            }

            bool posted = content.State == ChannelNotices.Posted || content.State.Length == 0 && row!.State == ChannelNotices.Posted;
            Move(Accounts.Channel(key.Channel), posted ? Dues : Accounts.Suspense, content.Fen);
            if (posted)
                Expect(key, paid, content);
            else if (decisions is [var (_, decision)])
                Decide(key, paid, decision, content);
            else
                Waits(key, note, row, content.Fen);
            if (row is null || row.Amount != content.Fen || row.PaidOn != content.Day)
                Add(AuditFault.Lost, $"{key}: its notice is not there, or another");
        }

        void Decide((string, string) key, List<PaymentRow> paid, Word decision, Word content)
        {
            Move(Accounts.Suspense, decision.Deed == Word.Match ? Dues : Accounts.Refunds, content.Fen);
            if (decision.Deed == Word.Match)
                Expect(key, paid, content with { Person = decision.Person, Receipt = "" });
        }

        void Waits((string Channel, string) key, Note note, ChannelNoticeRow? row, long fen)
        {
            bool cancelled = note.IsInDoubt ? row?.State == ChannelNotices.Cancelled : note.IsGivenBack;
            if (cancelled)
                Move(Accounts.Suspense, Accounts.Channel(key.Channel), fen);
            var state = cancelled ? ChannelNotices.Cancelled : ChannelNotices.Suspense;
            if (row?.State != state)
                Add(AuditFault.Lost, $"{key} has to be {state} and is {row?.State}");
        }

        void Expect((string, string) key, List<PaymentRow> paid, Word word)
        {
            if (paid is not [var payment, ..])
            {
                Add(AuditFault.Lost, $"{key} is acknowledged and not posted");
                return;
            }

            accounted.Add(payment.PaymentId);
            if (payment.PersonId != word.Person || payment.Amount != word.Fen || payment.PaidOn != word.Day
                || word.Receipt.Length > 0 && payment.ReceiptNo != word.Receipt)
                Add(AuditFault.Differs, $"{key} is posted otherwise than acknowledged");
        }

        void CheckCash(long act, Word word)
        {
            Move(Accounts.Cash(word.Account), Dues, word.Fen);
            var paid = books.Payments.Where(row => row.ActId == act && row.PersonId == word.Person).ToList();
            if (paid is not [var payment])
            {
                Add(paid.Count == 0 ? AuditFault.Lost : AuditFault.Twice, $"{word.Id}: {paid.Count} payments for one");
                return;
            }

            accounted.Add(payment.PaymentId);
            if (payment.Amount != word.Fen || payment.Account != word.Account || payment.PaidOn != word.Day
                || word.Receipt.Length > 0 && payment.ReceiptNo != word.Receipt)
                Add(AuditFault.Differs, $"{word.Id} is posted otherwise than acknowledged");
        }

        void CheckPayment(PaymentRow payment)
        {
            if (!accounted.Contains(payment.PaymentId))
                Add(AuditFault.Unsent, $"{payment.ReceiptNo}: a payment that nobody made");
            if (books.PriceOf(payment.PersonId, payment.PaidOn) != payment.Amount)
                Add(AuditFault.WrongPrice, $"{payment.ReceiptNo}: {payment.Amount} fen on {payment.PaidOn:yyyy-MM-dd}");
            var back = takenBack.TryGetValue(payment.ReceiptNo, out var one) ? one.Act : (long?)null;
            if (payment.ReversedBy != back)
                Add(AuditFault.Reversal, $"{payment.ReceiptNo} was {(back is null ? "not " : "")}taken back, and its row says otherwise");
            if (back is not null)
                Move(Dues, one.Word.To, payment.Amount);
        }

        void CheckCover()
        {
            foreach (var twice in books.Payments.Where(row => row.ReversedBy is null).GroupBy(row => (row.PersonId, row.InsuranceYear)))
                if (twice.Count() > 1)
                    Add(AuditFault.Twice, $"{twice.Key} has {twice.Count()} standing payments");
            var spans = books.Spans.ToLookup(span => span.PaymentId);
            var deaths = auditor.Effective(books, Word.Die).GroupBy(one => one.Word.Person)
                .ToDictionary(same => same.Key, same => same.Min(one => one.Word.Day));
            foreach (var payment in books.Payments)
            {
                var cover = payment.ReversedBy is null ? Price.Cover(payment.PaidOn) : null;
                // Nobody is covered after death, whenever it was told.
                if (cover is var (from, until) && deaths.TryGetValue(payment.PersonId, out var died))
                    cover = from > died ? null : (from, until < died ? until : died);
                var found = spans[payment.PaymentId].Select(span => ((DateOnly, DateOnly)?)(span.FromDay, span.UntilDay)).ToList();
                var right = cover is null ? found.Count == 0 : found is [var only] && only == cover;
                if (!right || spans[payment.PaymentId].Any(span => span.PersonId != payment.PersonId))
                    Add(AuditFault.Cover, $"{payment.ReceiptNo} opens {found.Count} spans, not those of its payment day");
            }

            var known = books.Payments.Select(row => row.PaymentId).ToHashSet();
            foreach (var span in books.Spans.Where(span => span.PaymentId is not { } id || !known.Contains(id)))
                Add(AuditFault.Cover, $"span {span.SpanId} without payment");
        }

        void CheckBalances()
        {
            var sums = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var row in books.Transfers)
            {
                sums[row.Debit] = sums.GetValueOrDefault(row.Debit) + row.Amount;
                sums[row.Credit] = sums.GetValueOrDefault(row.Credit) - row.Amount;
            }

            foreach (var account in sums.Keys.Union(expected.Keys))
                if (sums.GetValueOrDefault(account) != expected.GetValueOrDefault(account))
                    Add(AuditFault.Balance, $"{account} is {sums.GetValueOrDefault(account)}, not {expected.GetValueOrDefault(account)}");
            foreach (var account in books.CashKept.Keys.Union(
                expected.Keys.Where(account => account.StartsWith(Accounts.CashPrefix, StringComparison.Ordinal))))
                if (books.CashKept.GetValueOrDefault(account) != expected.GetValueOrDefault(account) || expected[account] < 0)
                    Add(AuditFault.Balance, $"{account} keeps {books.CashKept.GetValueOrDefault(account)}");
        }

        /// <summary>Nobody pays through a channel for a person whose death was known before.</summary>
        void CheckDead()
        {
            var deaths = auditor.deeds.Values.Where(deed => deed.Kind == Word.Die)
                .SelectMany(deed => deed.Items.Values, (deed, word) => (word.Person, word.Day, deed.Since)).ToLookup(one => one.Person);
            foreach (var note in auditor.notes.Values)
                if (note.Accepted is { State: ChannelNotices.Posted } word && deaths[word.Person].Any()
                    && deaths[word.Person].All(death => death.Since < note.Since && death.Day <= word.Day))
                    Add(AuditFault.Dead, $"{word.Channel} {word.Reference}: paid for somebody who was dead");
        }

        /// <summary>The reason that was given for not posting has to be true.</summary>
        void CheckReasons()
        {
            var everPaid = books.Payments.Select(row => row.PersonId).ToHashSet();
            foreach (var word in auditor.notes.Values.SelectMany(note => note.Refused.Concat(note.Accepted is { } one ? [one] : [])))
            {
                bool isTrue = word.Code switch
                {
                    "C102" => everPaid.Contains(word.Person),
                    // Whoever registers later could not pay on that day.
                    "C103" => books.PriceOf(word.Person, word.Day) is null or 0 || books.Registered[word.Person] > word.Day,
                    "C104" => books.PriceOf(word.Person, word.Day) != word.Fen,
                    "C106" => word.Person == 0,
                    "" or "C101" or "C107" or "C108" or "C110" or "C111" or "C113" => true,
                    _ => false,
                };
                if (!isTrue)
                    Add(AuditFault.Reason, $"{word.Channel} {word.Reference}: {word.Code} is not so");
            }
        }
    }

    /// <summary>The words of deeds that took place: acknowledged, or in doubt and found among the acts.</summary>
    IEnumerable<(long Act, Word Word)> Effective(Books books, params string[] kinds) =>
        from pair in deeds
        where kinds.Contains(pair.Value.Kind) && (pair.Value.IsDone || pair.Value.IsInDoubt && books.Acts.Contains(pair.Key))
        from word in pair.Value.Items.Values
        select (books.Acts[pair.Key].FirstOrDefault(), word);
}
