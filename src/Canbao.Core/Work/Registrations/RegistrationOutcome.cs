using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Files;

namespace Canbao.Core.Work.Registrations;

/// <summary>What a row does.</summary>
public enum RegistrationAction
{
    /// <summary>What it says is so already.</summary>
    None,

    /// <summary>Registers a person and enrols.</summary>
    Register,

    /// <summary>Enrols a person who is in the register.</summary>
    Enrol,

    /// <summary>Gives a person who was registered without a number that number, and enrols where that is due.</summary>
    Complete,

    /// <summary>Moves a person of the register here, and enrols where that is due.</summary>
    MoveIn,

    /// <summary>Notes that a person moved away.</summary>
    MoveOut,

    /// <summary>Notes a death.</summary>
    Die,

    /// <summary>Changes a phone number or a school of somebody who is enrolled already.</summary>
    Change,
}

/// <summary>What a row of a registration table does, or would do.</summary>
/// <param name="Line">The row.</param>
/// <param name="Action">What.</param>
/// <param name="Name">Whom it concerns.</param>
/// <param name="Mask">The number as screens show it.</param>
/// <param name="PersonId">The person of the register; null for whoever is new.</param>
/// <param name="Note">What whoever applies it should know; empty for nothing.</param>
public sealed record RegistrationDeed(long Line, RegistrationAction Action, string Name, string Mask, long? PersonId, string Note)
{
    /// <summary>The unit that the row names, or that the person belongs to.</summary>
    public required string Unit { get; init; }

    internal RegistrationDraft Draft { get; init; } = null!;

    /// <summary>Whether the person is enrolled by it.</summary>
    internal bool Enrols { get; init; }
}

/// <summary>What a registration table does, or would do.</summary>
public sealed class RegistrationOutcome
{
    const int DigestLetters = 32;

    /// <summary>Rows read.</summary>
    public long Rows { get; internal set; }

    /// <summary>Rows refused.</summary>
    public long Refused { get; internal set; }

    /// <summary>What good rows do, in their order.</summary>
    public List<RegistrationDeed> Deeds { get; } = [];

    /// <summary>The first faults.</summary>
    public List<IntakeFault> Faults { get; } = [];

    /// <summary>What whoever applies it should know of the file.</summary>
    public IReadOnlyList<string> Notes { get; internal set; } = [];

    /// <summary>Whether anything would be written.</summary>
    public bool Changes => Changing > 0;

    /// <summary>How many rows would write something.</summary>
    public int Changing => Deeds.Count(deed => deed.Action != RegistrationAction.None);

    /// <summary>Tells this outcome from any other, so that nothing else is applied than what was looked at.</summary>
    public string Digest
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var deed in Deeds)
                Add(FormattableString.Invariant($"{deed.Line} {deed.Action} {deed.PersonId} {deed.Enrols} {deed.Note}"));
            foreach (var fault in Faults)
                Add(FormattableString.Invariant($"{fault.Line} {fault.Code}"));
            return Convert.ToHexStringLower(hash.GetHashAndReset())[..DigestLetters];

            void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    /// <summary>How many rows do something.</summary>
    public int Count(RegistrationAction action) => Deeds.Count(deed => deed.Action == action);

    /// <summary>What rows do, in words, with how many.</summary>
    public string Summary => $"共 {Rows} 行，" + string.Concat(
        from action in Enum.GetValues<RegistrationAction>()
        where action != RegistrationAction.None && Count(action) > 0
        select $"{Word(action)} {Count(action)} 人，") + $"不变 {Count(RegistrationAction.None)} 人，退回 {Refused} 行";

    /// <summary>How an office says what a row does.</summary>
    public static string Word(RegistrationAction action) => action switch
    {
        RegistrationAction.Register => "新登记",
        RegistrationAction.Enrol => "登记参保",
        RegistrationAction.Complete => "补登号码",
        RegistrationAction.MoveIn => "迁入",
        RegistrationAction.MoveOut => "迁出",
        RegistrationAction.Die => "死亡",
        RegistrationAction.Change => "变更",
        _ => "不变",
    };
}
