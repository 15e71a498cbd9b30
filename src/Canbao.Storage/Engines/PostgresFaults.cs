using System.Data.Common;
using System.Net.Sockets;
using Canbao.Storage.Faults;
using Npgsql;

namespace Canbao.Storage.Engines;

/// <summary>Tells what a fault of PostgreSQL means.</summary>
static class PostgresFaults
{
    public static StorageException Translate(DbException fault, bool committing) => fault switch
    {
        PostgresException said => Said(said, committing),
        _ when committing => StorageCodes.Fault(StorageCodes.OutcomeUnknown, fault),
        { InnerException: TimeoutException } when fault.Message.Contains("pool", StringComparison.Ordinal) =>
            StorageCodes.Fault(StorageCodes.Busy, fault),
        { InnerException: TimeoutException } => StorageCodes.Fault(StorageCodes.TooSlow, fault),
        { InnerException: SocketException or IOException } => StorageCodes.Fault(StorageCodes.Unreachable, fault),
        NpgsqlException { IsTransient: true } => StorageCodes.Fault(StorageCodes.Unreachable, fault),
        _ => StorageCodes.Fault(StorageCodes.Other, fault),
    };

    static StorageException Said(PostgresException said, bool committing) => said.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => StorageCodes.Fault(StorageCodes.Conflict, said),
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => Broken(ConstraintKind.Unique, said),
        PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation => Broken(ConstraintKind.Reference, said),
        PostgresErrorCodes.CheckViolation => Broken(ConstraintKind.Check, said),
        PostgresErrorCodes.NotNullViolation =>
            StorageCodes.Broken(ConstraintKind.NotNull, $"{said.TableName}.{said.ColumnName}", said),
        PostgresErrorCodes.InFailedSqlTransaction => StorageCodes.Fault(StorageCodes.AlreadyFailed, said),
        _ when committing => StorageCodes.Fault(StorageCodes.OutcomeUnknown, said),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.TooManyConnections => StorageCodes.Fault(StorageCodes.Busy, said),
        PostgresErrorCodes.UndefinedTable => StorageCodes.Fault(StorageCodes.NoTables, said),
        PostgresErrorCodes.QueryCanceled => StorageCodes.Fault(StorageCodes.TooSlow, said),
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.DiskFull or PostgresErrorCodes.InsufficientPrivilege =>
            StorageCodes.Fault(StorageCodes.NotWritable, said),
        ['2', '2', ..] => StorageCodes.Fault(StorageCodes.UnfitValue, said),
        ['0', '8', ..] or ['2', '8', ..] or ['3', 'D', ..] or ['5', '7', 'P', ..] or ['2', '5', 'P', '0', '3'] =>
            StorageCodes.Fault(StorageCodes.Unreachable, said),
        _ => StorageCodes.Fault(StorageCodes.Other, said),
    };

    static ConstraintException Broken(ConstraintKind kind, PostgresException said) => StorageCodes.Broken(kind, said.ConstraintName, said);
}
