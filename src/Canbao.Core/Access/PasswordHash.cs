using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Konscious.Security.Cryptography;

namespace Canbao.Core.Access;

/// <summary>Argon2id hashes of passwords, kept with their parameters: <c>$argon2id$v=19$m=KIB,t=PASSES,p=LANES$SALT$HASH</c>.</summary>
static class PasswordHash
{
    const int KiB = 19_456;
    const int Passes = 2;
    const int Lanes = 1;
    const int SaltBytes = 16;
    const int HashBytes = 32;

    // Each hash takes 19 MiB while it is made: a crowd waits in turn.
    static readonly SemaphoreSlim Turn = new(Environment.ProcessorCount);

    /// <summary>A hash that fits no password: for logins that are not there, so that they take as long as others.</summary>
    static readonly string Nobodys = Text(KiB, Passes, Lanes, new byte[SaltBytes], new byte[HashBytes]);

    /// <summary>The hash of a new password.</summary>
    public static async Task<string> MakeAsync(string password, CancellationToken cancel)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Text(KiB, Passes, Lanes, salt, await HashAsync(password, salt, KiB, Passes, Lanes, cancel));
    }

    /// <summary>Whether a password is the one of a hash; null stands for an account that is not there.</summary>
    public static async Task<bool> FitsAsync(string? kept, string password, CancellationToken cancel)
    {
        var parts = (kept ?? Nobodys).Split('$');
        if (parts is not ["", "argon2id", "v=19", var cost, var salt, var hash])
            throw new FormatException("A stored password hash is not of this program.");
        var numbers = cost.Split(',').Select(part => int.Parse(part[2..], CultureInfo.InvariantCulture)).ToArray();
        var made = await HashAsync(password, Convert.FromBase64String(salt), numbers[0], numbers[1], numbers[2], cancel);
        return CryptographicOperations.FixedTimeEquals(made, Convert.FromBase64String(hash)) && kept is not null;
    }

    static string Text(int kib, int passes, int lanes, byte[] salt, byte[] hash) =>
        $"$argon2id$v=19$m={kib},t={passes},p={lanes}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";

    static async Task<byte[]> HashAsync(string password, byte[] salt, int kib, int passes, int lanes, CancellationToken cancel)
    {
        await Turn.WaitAsync(cancel);
        try
        {
            using var argon = new Argon2id(Encoding.UTF8.GetBytes(password))
            {
                Salt = salt,
                MemorySize = kib,
                Iterations = passes,
                DegreeOfParallelism = lanes,
            };
            return await argon.GetBytesAsync(HashBytes);
        }
        finally
        {
            Turn.Release();
        }
    }
}
