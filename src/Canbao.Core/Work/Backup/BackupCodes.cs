namespace Canbao.Core.Work.Backup;

/// <summary>The stable codes of refusals around backups.</summary>
public static class BackupCodes
{
    /// <summary>The folder is there already.</summary>
    public const string Exists = "B101";

    /// <summary>The folder cannot be written.</summary>
    public const string NotWritable = "B102";

    /// <summary>It is no backup, or its manifest is not whole.</summary>
    public const string NoBackup = "B103";

    /// <summary>A file of the backup is missing, cut off or altered.</summary>
    public const string Altered = "B104";

    /// <summary>The backup is of a newer program, or of other migrations.</summary>
    public const string OtherSchema = "B105";

    /// <summary>The keys are not those of the backup, or its manifest was altered.</summary>
    public const string OtherKeys = "B106";

    /// <summary>The database to restore into has something in it.</summary>
    public const string NotEmpty = "B107";

    /// <summary>The backup is of the other engine.</summary>
    public const string OtherEngine = "B108";

    /// <summary>There is no key file, and nothing to make it from.</summary>
    public const string NoKeys = "B109";

    /// <summary>The file with the passphrase cannot be read.</summary>
    public const string NoPassphrase = "B110";

    /// <summary>What was restored does not pass the audit chain's or the ledger's check.</summary>
    public const string NotSound = "B111";
}
