namespace Canbao.Storage.Faults;

/// <summary>
/// A fault of the database. The message is Chinese, for the person at the desk, and holds no statement and no value; neither does
/// <see cref="Exception.ToString"/>, since the cause is kept beside it.
/// </summary>
public class StorageException : Exception
{
    internal StorageException(string code, string text, Exception? cause)
        : base($"{code} {text}")
    {
        Code = code;
        Cause = cause;
    }

    /// <summary>Stable: S101 and up as listed in <c>docs/rooms/storage.md</c>.</summary>
    public string Code { get; }

    /// <summary>What the engine said. It may quote statements and personal data: never write it to a log or a page.</summary>
    public Exception? Cause { get; }
}

/// <summary>S106: the connection was lost while storing, so it may or may not be stored. Repeat so that twice does no harm.</summary>
public sealed class OutcomeUnknownException : StorageException
{
    internal OutcomeUnknownException(string text, Exception? cause)
        : base(StorageCodes.OutcomeUnknown, text, cause)
    {
    }
}

/// <summary>S107: a row broke a constraint of the schema; nothing is stored.</summary>
public sealed class ConstraintException : StorageException
{
    internal ConstraintException(ConstraintKind kind, string? constraint, string text, Exception? cause)
        : base(StorageCodes.Constraint, text, cause)
    {
        Kind = kind;
        Constraint = constraint;
    }

    /// <summary>What kind of constraint.</summary>
    public ConstraintKind Kind { get; }

    /// <summary>
    /// Its name in the schema, the same on both engines; <c>table.column</c> for a missing value. Null for a reference on SQLite,
    /// which does not say which one.
    /// </summary>
    public string? Constraint { get; }
}

/// <summary>Kinds of constraints.</summary>
public enum ConstraintKind
{
    /// <summary>A primary key or a unique rule: the row is there already.</summary>
    Unique,

    /// <summary>A foreign key: the row it points to is not there, or a row that others point to would go.</summary>
    Reference,

    /// <summary>A check of values.</summary>
    Check,

    /// <summary>A value that must be there is missing.</summary>
    NotNull,
}
