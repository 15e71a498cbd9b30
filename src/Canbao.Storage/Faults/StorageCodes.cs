namespace Canbao.Storage.Faults;

/// <summary>The stable codes of <see cref="StorageException"/> and their texts.</summary>
public static class StorageCodes
{
    /// <summary>The connection text is not understood.</summary>
    public const string ConnectionText = "S101";

    /// <summary>The database cannot be reached or opened, or the connection was lost before anything was stored.</summary>
    public const string Unreachable = "S102";

    /// <summary>Another writer, or all connections, were busy for too long; nothing is stored.</summary>
    public const string Busy = "S103";

    /// <summary>The write lost against others on every try; nothing is stored.</summary>
    public const string Conflict = "S104";

    /// <summary>A statement ran longer than it may.</summary>
    public const string TooSlow = "S105";

    /// <summary>The connection was lost while storing.</summary>
    public const string OutcomeUnknown = "S106";

    /// <summary>A constraint of the schema refused a row.</summary>
    public const string Constraint = "S107";

    /// <summary>A value does not fit its column.</summary>
    public const string UnfitValue = "S108";

    /// <summary>No room, or no right to write; also a write within a reading unit of work.</summary>
    public const string NotWritable = "S109";

    /// <summary>Any other fault, such as a statement that the engine does not understand.</summary>
    public const string Other = "S110";

    /// <summary>A statement had failed and the unit of work went on as if it had not; nothing is stored.</summary>
    public const string AlreadyFailed = "S111";

    /// <summary>Rows of one bulk write share a key.</summary>
    public const string RepeatedKey = "S112";

    /// <summary>A table or column is missing: the database was not set up, or belongs to an older version.</summary>
    public const string NoTables = "S113";

    /// <summary>The program's migrations are not in order: numbers, names or placeholders.</summary>
    public const string MigrationFiles = "S120";

    /// <summary>An applied migration differs from the program's.</summary>
    public const string MigrationChanged = "S121";

    /// <summary>The database has a migration that the program does not know.</summary>
    public const string MigrationUnknown = "S122";

    /// <summary>A migration was left out before later ones that are applied.</summary>
    public const string MigrationMissing = "S123";

    /// <summary>A migration failed; it is undone, those before it stay.</summary>
    public const string MigrationFailed = "S124";

    /// <summary>The PostgreSQL database does not keep its text in UTF-8.</summary>
    public const string Encoding = "S125";

    /// <summary>The client programs of PostgreSQL, which make and restore copies, are not installed.</summary>
    public const string NoTools = "S130";

    /// <summary>A client program of PostgreSQL ended with a fault; what it would have restored is undone.</summary>
    public const string ToolFailed = "S131";

    /// <summary>The client programs are older than the server.</summary>
    public const string OldTools = "S132";

    /// <summary>A file that should be a copy of a SQLite database is none, or is damaged.</summary>
    public const string BadCopy = "S133";

    static readonly Dictionary<string, string> Texts = new()
    {
        [Unreachable] = "无法连接数据库，请检查数据库服务是否运行、连接设置是否正确。",
        [Busy] = "数据库正忙，本次操作未保存，请稍后重试。",
        [Conflict] = "同时有人在修改相同的数据，多次尝试仍有冲突，本次操作未保存，请稍后重试。",
        [TooSlow] = "数据库处理超时，本次操作未保存，请缩小范围或稍后重试。",
        [OutcomeUnknown] = "提交时与数据库的连接中断，不能确定是否已经保存，请核对后用同一业务编号重试。",
        [Constraint] = "数据不符合登记要求（重复、缺项或引用不存在），本次操作未保存。",
        [UnfitValue] = "有数据超出允许的长度、范围或格式，本次操作未保存。",
        [NotWritable] = "数据库不能写入（磁盘已满、只读或没有权限），本次操作未保存，请联系管理员。",
        [Other] = "数据库操作出错，本次操作未保存，请联系管理员。",
        [AlreadyFailed] = "前面的数据库操作已经失败，本次操作未保存，请重试。",
        [Encoding] = "数据库的字符编码不是 UTF-8，会丢失生僻字，请用 UTF8 编码新建数据库。",
        [NoTables] = "数据库还没有建立，或还没有升级到这个版本，请先运行 canbao init。",
        [NoTools] = "没有找到 PostgreSQL 客户端程序（pg_dump、pg_restore），请安装与服务器同版本的 postgresql-client 后重试。",
        [ToolFailed] = "PostgreSQL 的备份或恢复程序没有完成，恢复的内容已全部撤销，请检查磁盘空间、账号权限和服务器状态后重试。",
        [OldTools] = "本机的 PostgreSQL 客户端比服务器旧，不能备份或恢复，请安装与服务器同版本的 postgresql-client 后重试。",
        [BadCopy] = "备份中的数据库文件已损坏，没有恢复，请换一份备份。",
        [RepeatedKey] = "同一批数据中有主键重复的行，本次操作未保存。",
    };

    internal static StorageException Fault(string code, Exception? cause) => code == OutcomeUnknown
        ? new OutcomeUnknownException(Texts[code], cause)
        : new StorageException(code, Texts[code], cause);

    internal static ConstraintException Broken(ConstraintKind kind, string? constraint, Exception cause) =>
        new(kind, constraint, Texts[Constraint], cause);
}
