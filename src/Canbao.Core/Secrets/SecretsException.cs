namespace Canbao.Core.Secrets;

/// <summary>A key file that cannot be used, or sealed bytes that cannot be opened. Nothing secret is in the message.</summary>
/// <param name="code">A stable code, such as <c>K101</c>.</param>
/// <param name="message">What is wrong and what to do, in Chinese.</param>
/// <param name="inner">The cause.</param>
public sealed class SecretsException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The key file cannot be read.</summary>
    public const string Unreadable = "K101";

    /// <summary>There is a file of that name already.</summary>
    public const string Exists = "K102";

    /// <summary>The key file can be read or written by other accounts of the machine.</summary>
    public const string Exposed = "K103";

    /// <summary>The key file is not what this program writes.</summary>
    public const string Broken = "K104";

    /// <summary>The key file cannot be written.</summary>
    public const string Unwritable = "K105";

    /// <summary>Sealed bytes were changed, or belong to another row, purpose or key file.</summary>
    public const string Altered = "K106";

    /// <summary>The bytes were sealed under a key that the key file does not have.</summary>
    public const string UnknownKey = "K107";

    /// <summary>The salt was destroyed: what it sealed cannot be read any more by anybody.</summary>
    public const string Destroyed = "K108";

    /// <summary>The keys are a demonstration's, and the work is in earnest.</summary>
    public const string DemoKeys = "K109";

    /// <summary>A sealed backup of keys does not open: the passphrase is another, or it was changed.</summary>
    public const string NotOpened = "K110";

    /// <summary>A passphrase for a backup of keys is too short.</summary>
    public const string ShortPassphrase = "K111";

    /// <summary>A stable code.</summary>
    public string Code { get; } = code;
}
