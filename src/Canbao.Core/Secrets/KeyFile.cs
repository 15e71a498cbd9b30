using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Canbao.Core.Secrets;

/// <summary>A data key with its number and the day on which it was made.</summary>
sealed record DataKey(int Number, DateOnly Created, byte[] Key);

/// <summary>The keys as they are kept, in a JSON file outside the database that only its owner may read.</summary>
sealed record KeyFile(string Suite, IReadOnlyList<DataKey> DataKeys, byte[] LookupKey, byte[] AuditKey)
{
    /// <summary>The bytes of every key in the file.</summary>
    public const int KeyBytes = 32;

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    const UnixFileMode OthersRights = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether the keys are a demonstration's; kept across rotations.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Demo { get; init; }

    static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <exception cref="SecretsException">It cannot be read, others can read it, or it is not a key file.</exception>
    public static KeyFile Read(string path)
    {
        KeyFile? file;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersRights) != 0)
                throw new SecretsException(SecretsException.Exposed,
                    $"密钥文件 {path} 能被本机其他账号读写；请执行 chmod 600 {path} 后重试，并考虑密钥是否已经外泄");
            file = JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(path), Json);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SecretsException(SecretsException.Unreadable, $"读不了密钥文件 {path}；请检查路径和权限，或用 canbao keys create 新建", fault);
        }
        catch (JsonException)
        {
            // The reader's words may quote a key: they are not kept.
            file = null;
        }

        return file is { } read && read.IsWhole()
            ? read
            : throw new SecretsException(SecretsException.Broken, $"密钥文件 {path} 内容不完整或被改动；请从备份恢复，不要手工修改");
    }

    /// <summary>The file's content, as it would be written.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads what <see cref="ToBytes"/> gave; null where it is not whole.</summary>
    public static KeyFile? FromBytes(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<KeyFile>(content, Json) is { } file && file.IsWhole() ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a file that does not exist yet.</summary>
    /// <exception cref="SecretsException">There is one of that name, or it cannot be written.</exception>
    public void WriteNew(string path)
    {
        if (Path.Exists(path))
            throw new SecretsException(SecretsException.Exists, $"{path} 已经存在；密钥文件不会被覆盖，请换一个文件名");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            using var stream = new FileStream(path, options);
            Write(stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SecretsException(SecretsException.Unwritable, $"写不了密钥文件 {path}；请检查文件夹是否存在、是否有写入权限", fault);
        }
    }

    /// <summary>Puts this in the place of a file in one step.</summary>
    /// <exception cref="SecretsException">It cannot be written, or another rotation is under way.</exception>
    public void Replace(string path)
    {
        // The file beside it is the lock as well: two rotations at once would lose one key and all that was sealed under it.
        var beside = path + ".new";
        if (Path.Exists(beside))
            throw new SecretsException(SecretsException.Exists, $"{beside} 已经存在：另一次轮换正在进行，或上次轮换中断了；确认没有轮换在进行后删除它再重试");
        WriteNew(beside);
        try
        {
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new SecretsException(SecretsException.Unwritable, $"写不了密钥文件 {path}；请检查权限", fault);
        }
    }

    void Write(FileStream stream)
    {
        try
        {
            JsonSerializer.Serialize(stream, this, Json);
            stream.Write("\n"u8);
            stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // Half a key file, on a full disk, must not look like one.
            File.Delete(stream.Name);
            throw;
        }
    }

    bool IsWhole() =>
        Suite is "aes" or "sm"
        && LookupKey.Length == KeyBytes && AuditKey.Length == KeyBytes
        && DataKeys.Count > 0 && DataKeys.All(key => key is { Number: > 0, Key.Length: KeyBytes })
        && DataKeys.Zip(DataKeys.Skip(1)).All(pair => pair.First.Number < pair.Second.Number);
}
