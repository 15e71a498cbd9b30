using Canbao.Core.Collection;
using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.PaymentFiles;

/// <summary>Some lines of a file and their money.</summary>
/// <param name="Lines">How many.</param>
/// <param name="Amount">Their sum.</param>
public readonly record struct LineSum(long Lines, Money Amount)
{
    /// <summary>One line more.</summary>
    public LineSum With(Money amount) => new(Lines + 1, Amount + amount);
}

/// <summary>What became of the lines of a channel's file: each is in exactly one of the sums.</summary>
public sealed class PaymentFileReport
{
    const int MostFaults = 1000;

    readonly SortedDictionary<string, LineSum> suspended = new(StringComparer.Ordinal);
    readonly Dictionary<long, (int Column, string Code, string Text)> refusals = [];

    /// <summary>Posted now.</summary>
    public LineSum Posted { get; private set; }

    /// <summary>Told before, with the same content: nothing was done.</summary>
    public LineSum Echoed { get; private set; }

    /// <summary>Gone to suspense now, by the code of the reason.</summary>
    public IReadOnlyDictionary<string, LineSum> Suspended => suspended;

    /// <summary>All of that.</summary>
    public LineSum Waiting => suspended.Values.Aggregate(
        default(LineSum), (sum, one) => new(sum.Lines + one.Lines, sum.Amount + one.Amount));

    /// <summary>Refused, with the amounts that could be read: nothing was stored of these lines, and they come back.</summary>
    public LineSum Refused { get; private set; }

    /// <summary>The first faults.</summary>
    public List<IntakeFault> Faults { get; } = [];

    /// <summary>What whoever hands the file in should know of it.</summary>
    public IReadOnlyList<string> Notes { get; internal set; } = [];

    /// <summary>The whole file.</summary>
    public LineSum All => new(
        Posted.Lines + Echoed.Lines + Waiting.Lines + Refused.Lines, Posted.Amount + Echoed.Amount + Waiting.Amount + Refused.Amount);

    /// <summary>What the desk refused, by line, for the table of refused rows.</summary>
    internal IReadOnlyDictionary<long, (int Column, string Code, string Text)> Refusals => refusals;

    /// <summary>A line that cannot be read as a notice.</summary>
    internal void Refuse(IntakeRow row, Money amount)
    {
        Refused = Refused.With(amount);
        if (Faults.Count < MostFaults)
            Faults.AddRange(row.Faults);
    }

    /// <summary>What the desk answered to a line.</summary>
    internal void Take(long line, ChannelMessage message, ChannelAnswer answer)
    {
        if (answer.IsRefused)
        {
            Refused = Refused.With(message.Amount);
            refusals.Add(line, (answer.Code == ChannelDesk.TooEarly ? PaymentFile.Time : PaymentFile.Reference, answer.Code, answer.Text));
        }
        else if (answer.IsEcho)
            Echoed = Echoed.With(message.Amount);
        else if (answer.State == ChannelNotices.Posted)
            Posted = Posted.With(message.Amount);
        else
            suspended[answer.Code] = suspended.GetValueOrDefault(answer.Code).With(message.Amount);
    }

    /// <summary>Tells of a fault that was found after its line was read.</summary>
    internal void Tell(IEnumerable<IntakeFault> faults)
    {
        if (Faults.Count < MostFaults)
            Faults.AddRange(faults);
    }
}
