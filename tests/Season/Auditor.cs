using Canbao.Core.Collection;
using Canbao.Storage;

namespace Canbao.Season.Tests;

/// <summary>Something that is not as it was acknowledged, or breaks a rule of the ledger.</summary>
sealed record AuditFault(string Rule, string Text)
{
    public const string Lost = "lost", Twice = "twice", Unsent = "unsent", Differs = "differs", WrongPrice = "price", Cover = "cover",
        Balance = "balance", Reversal = "reversal", Reason = "reason", Dead = "dead";
}

/// <summary>
/// Knows what was asked for and what was answered, and the rules of the ledger; nothing of how money is posted. It works out by itself
/// which payments and balances there have to be, and holds the tables against that.
/// </summary>
/// <param name="area">The tenant.</param>
sealed partial class Auditor(int area)
{
    readonly Lock gate = new();
    readonly Dictionary<(string Channel, string Reference), Note> notes = [];
    readonly Dictionary<string, Deed> deeds = new(StringComparer.Ordinal);
    readonly List<AuditFault> heard = [];
    long time;

    public int Area => area;

    /// <summary>How many payments, cancellations and deeds of desks were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Hears a word; any thread.</summary>
    public void Hear(Word word)
    {
        lock (gate)
        {
            time++;
            if (word.Said == Said.Done)
                Acknowledged++;
            if (word.Deed is Word.Pay or Word.Cancel)
                HearChannel(word);
            else if (word.Deed != Word.RoundBegins)
                HearDesk(word);
        }
    }

    /// <summary>Holds the tables of the area against what was heard; nothing may be under way.</summary>
    public async Task<IReadOnlyList<AuditFault>> AuditAsync(Session session)
    {
        var books = await Books.ReadAsync(session, area);
        lock (gate)
            return new Audit(this, books).Run();
    }

    void HearChannel(Word word)
    {
        if (!notes.TryGetValue((word.Channel, word.Reference), out var note))
            notes.Add((word.Channel, word.Reference), note = new() { Since = time });
        note.IsRace |= word.IsRace;
        switch (word.Deed, word.Said)
        {
            case (Word.Pay, Said.Tried):
                note.Open++;
                note.Tried.Add(word);
                break;
            case (Word.Cancel, Said.Tried):
                note.OpenCancels++;
                break;
            case (Word.Pay, Said.Failed):
                note.Open = Math.Max(0, note.Open - 1);
                break;
            case (Word.Cancel, Said.Failed):
                note.OpenCancels = Math.Max(0, note.OpenCancels - 1);
                break;
            case (Word.Pay, Said.Refused):
                // That the number is used for something else says nothing of this something.
                note.Open = word.Code == "C110" ? Math.Max(0, note.Open - 1) : 0;
                note.Refused.Add(word);
                break;
            case (Word.Pay, Said.Done):
                note.Open = 0;
                Accept(note, word);
                break;
            case (Word.Cancel, Said.Refused):
                note.OpenCancels = 0;
                break;
            case (Word.Cancel, Said.Done):
                note.OpenCancels = 0;
                note.IsCancelled = true;
                note.IsGivenBack = note.Accepted is not null;
                if (note.Accepted?.State == ChannelNotices.Posted)
                    heard.Add(new(AuditFault.Differs, $"{word.Channel} {word.Reference}: cancelled, and posted before"));
                break;
        }
    }

    void Accept(Note note, Word word)
    {
        if (note.Accepted is not { } before)
        {
            note.Accepted = word;
            return;
        }

        bool same = before.Person == word.Person && before.Fen == word.Fen && before.Day == word.Day;
        if (!same || before.State == ChannelNotices.Posted && (word.State, word.Receipt) != (before.State, before.Receipt))
            heard.Add(new(AuditFault.Differs, $"{word.Channel} {word.Reference}: acknowledged twice, not alike"));
    }

    void HearDesk(Word word)
    {
        if (!deeds.TryGetValue(word.Id, out var deed))
            deeds.Add(word.Id, deed = new(word.Deed));
        if (word.Said == Said.Tried)
        {
            deed.Items[word.Person] = word;
            deed.Open[word.Person] = deed.Open.GetValueOrDefault(word.Person) + 1;
            return;
        }

        deed.Open[word.Person]--;
        if (word.Said == Said.Done)
        {
            deed.Items[word.Person] = word;
            deed.IsDone = true;
            deed.Since = time;
        }
    }

    /// <summary>One number of a channel.</summary>
    sealed class Note
    {
        public required long Since { get; init; }

        public List<Word> Tried { get; } = [];

        public List<Word> Refused { get; } = [];

        /// <summary>What was acknowledged first.</summary>
        public Word? Accepted { get; set; }

        public bool IsCancelled { get; set; }

        /// <summary>Whether money that waited went back to the channel.</summary>
        public bool IsGivenBack { get; set; }

        public bool IsRace { get; set; }

        public int Open { get; set; }

        public int OpenCancels { get; set; }

        /// <summary>Whether something was asked for that nobody heard the answer of.</summary>
        public bool IsInDoubt => IsRace || Open > 0 || OpenCancels > 0;
    }

    /// <summary>One deed of a desk or an agent: all of its items, or none.</summary>
    sealed class Deed(string kind)
    {
        public string Kind => kind;

        public Dictionary<long, Word> Items { get; } = [];

        public Dictionary<long, int> Open { get; } = [];

        public bool IsDone { get; set; }

        public long Since { get; set; } = long.MaxValue;

        public bool IsInDoubt => Open.Values.Any(open => open > 0);
    }
}
