using System.Text;
using Canbao.Core.Secrets;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Secrets;

public class VaultTests
{
    static readonly Gen<byte[]> Salts = Gen.Byte.Array[Vault.SaltBytes].Where(salt => salt.Any(part => part != 0));
    static readonly Gen<string> Purposes = Gen.OneOf("person.id", "person.phone", "电话");

    [Theory]
    [InlineData("aes")]
    [InlineData("sm")]
    public void What_was_sealed_opens_for_its_salt_and_purpose_only(string suite)
    {
        var vault = Vaults.Fresh(suite);
        Gen.Select(Salts, Salts, Purposes, Purposes, Gen.Byte.Array[0, 200]).Sample((salt, other, purpose, another, plain) =>
        {
            var sealedBytes = vault.Seal(salt, purpose, plain);
            Assert.Equal(plain.Length + Vault.OverheadBytes, sealedBytes.Length);
            Assert.Equal(plain, vault.Open(salt, purpose, sealedBytes));
            if (!salt.SequenceEqual(other))
                Fails(SecretsException.Altered, () => vault.Open(other, purpose, sealedBytes));
            if (purpose != another)
                Fails(SecretsException.Altered, () => vault.Open(salt, another, sealedBytes));
        });
    }

    [Theory]
    [InlineData("aes")]
    [InlineData("sm")]
    public void Any_changed_or_missing_byte_is_found(string suite)
    {
        var vault = Vaults.Fresh(suite);
        var salt = Vault.NewSalt();
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[0, 1 << 20], Gen.Int[0, 7]).Sample((plain, position, bit) =>
        {
            var sealedBytes = vault.Seal(salt, "a", plain);
            position %= sealedBytes.Length;
            Fails(SecretsException.Altered, () => vault.Open(salt, "a", sealedBytes.AsSpan(0, position)));
            sealedBytes[position] ^= (byte)(1 << bit);
            Fails(position < 4 ? SecretsException.UnknownKey : SecretsException.Altered, () => vault.Open(salt, "a", sealedBytes));
        });
    }

    [Fact]
    public void Nothing_can_be_read_or_sealed_once_the_salt_is_destroyed()
    {
        var vault = Vaults.Fresh();
        var salt = Vault.NewSalt();
        var sealedBytes = vault.Seal(salt, "person.id", "110101199003070011");
        foreach (var destroyed in new byte[][] { [], new byte[Vault.SaltBytes] })
        {
            Fails(SecretsException.Destroyed, () => vault.Open(destroyed, "person.id", sealedBytes));
            Fails(SecretsException.Destroyed, () => vault.Seal(destroyed, "person.id", "a"));
        }

        Assert.Throws<ArgumentException>(() => vault.Seal(salt.AsSpan(1), "person.id", "a"));
    }

    [Fact]
    public void Two_seals_of_one_text_differ_and_neither_shows_it()
    {
        var vault = Vaults.Fresh();
        var salt = Vault.NewSalt();
        var first = vault.Seal(salt, "a", "110101199003070011");
        Assert.NotEqual(first, vault.Seal(salt, "a", "110101199003070011"));
        Assert.DoesNotContain("0307", Encoding.Latin1.GetString(first), StringComparison.Ordinal);
        Assert.NotEqual(salt, Vault.NewSalt());
    }

    [Theory]
    [InlineData("aes")]
    [InlineData("sm")]
    public void A_look_up_hash_is_the_same_for_the_same_text_and_key_file_only(string suite)
    {
        var (vault, other) = (Vaults.Fresh(suite), Vaults.Fresh(suite));
        Gen.Select(Gen.String, Gen.String).Sample((text, another) =>
        {
            Assert.Equal(Vault.HashBytes, vault.Hash(text).Length);
            Assert.Equal(vault.Hash(text), vault.Hash(text));
            Assert.NotEqual(vault.Hash(text), other.Hash(text));
            Assert.Equal(Encoding.UTF8.GetBytes(text).SequenceEqual(Encoding.UTF8.GetBytes(another)),
                vault.Hash(text).SequenceEqual(vault.Hash(another)));
        });
    }

    [Fact]
    public void The_audit_signature_does_not_depend_on_the_pieces_and_is_no_look_up_hash()
    {
        var vault = Vaults.Fresh();
        Gen.Select(Gen.Byte.Array, Gen.Byte.Array).Sample((first, second) =>
        {
            using var pieces = vault.StartAuditMac();
            pieces.Append(first);
            pieces.Append(second);
            Assert.Equal(vault.AuditMac([.. first, .. second]), pieces.Finish());
        });
        Assert.NotEqual(vault.Hash("a"), vault.AuditMac("a"u8)[..Vault.HashBytes]);
    }

    [Fact]
    public void Threads_share_a_vault()
    {
        var vault = Vaults.Fresh();
        Parallel.For(0, 2000, number =>
        {
            var salt = Vault.NewSalt();
            var text = $"{number}";
            Assert.Equal(text, vault.OpenText(salt, "a", vault.Seal(salt, "a", text)));
            Assert.Equal(vault.Hash(text), vault.Hash(text));
        });
    }

    static void Fails(string code, Func<byte[]> act) => Assert.Equal(code, Assert.Throws<SecretsException>(act).Code);
}
