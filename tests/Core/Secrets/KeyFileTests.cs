using System.Runtime.Versioning;
using Canbao.Core.Secrets;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Secrets;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    readonly TempFolder folder = new();

    string KeyPath => folder["keys.json"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("aes")]
    [InlineData("sm")]
    public void A_key_file_is_its_owners_alone_and_opens_again(string suite)
    {
        var made = Vault.Create(KeyPath, suite, Vaults.Clock);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        var opened = Vault.Open(KeyPath);
        Assert.Equal((suite, made.Hash("a")), (opened.Suite, opened.Hash("a")), (left, right) =>
            left.Item1 == right.Item1 && left.Item2.SequenceEqual(right.Item2));
        Assert.Equal([(1, new DateOnly(2022, 9, 1))], opened.Keys);
        var salt = Vault.NewSalt();
        Assert.Equal("a", opened.OpenText(salt, "p", made.Seal(salt, "p", "a")));
    }

    [Fact]
    public void Rotation_seals_under_a_new_key_and_still_reads_the_old()
    {
        var old = Vault.Create(KeyPath, "aes", Vaults.Clock);
        var salt = Vault.NewSalt();
        var before = old.Seal(salt, "p", "before");
        var rotated = Vault.Rotate(KeyPath, Vaults.Clock);
        Assert.Equal([1, 2], Vault.Open(KeyPath).Keys.Select(key => key.Number));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        Assert.Equal(["keys.json"], folder.FileNames);
        Assert.Equal("before", rotated.OpenText(salt, "p", before));
        Assert.Equal(old.Hash("a"), rotated.Hash("a"));
        Assert.Equal(old.AuditMac("a"u8), rotated.AuditMac("a"u8));
        var after = rotated.Seal(salt, "p", "after");
        Fails(SecretsException.UnknownKey, () => old.Open(salt, "p", after));
        // A number that is rewritten to an older key's does not make the older key fit.
        after[3] = 1;
        Fails(SecretsException.Altered, () => rotated.Open(salt, "p", after));
    }

    [Fact]
    public void A_file_that_is_there_is_never_written_over()
    {
        folder.Write("keys.json", "mine");
        Fails(SecretsException.Exists, () => Vault.Create(KeyPath, "aes", Vaults.Clock));
        Assert.Equal("mine", File.ReadAllText(KeyPath));
    }

    [Fact]
    public void Two_rotations_at_once_cannot_lose_a_key()
    {
        Vault.Create(KeyPath, "aes", Vaults.Clock);
        folder.Write("keys.json.new", "another rotation is writing this");
        Fails(SecretsException.Exists, () => Vault.Rotate(KeyPath, Vaults.Clock));
        Assert.Single(Vault.Open(KeyPath).Keys);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_can_reach_is_refused(UnixFileMode right)
    {
        Vault.Create(KeyPath, "aes", Vaults.Clock);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | right);
        Fails(SecretsException.Exposed, () => Vault.Open(KeyPath));
        Fails(SecretsException.Exposed, () => Vault.Rotate(KeyPath, Vaults.Clock));
    }

    [Fact]
    public void A_missing_file_or_folder_is_told()
    {
        Fails(SecretsException.Unreadable, () => Vault.Open(KeyPath));
        Fails(SecretsException.Unreadable, () => Vault.Open(folder.Path));
        Fails(SecretsException.Unwritable, () => Vault.Create(folder["none/keys.json"], "aes", Vaults.Clock));
    }

    [Theory]
    [InlineData("\"aes\"", "\"des\"")]
    [InlineData("\"number\": 1", "\"number\": 0")]
    [InlineData("\"number\": 1", "\"number\": -1")]
    [InlineData("\"key\": \"", "\"key\": \"AAAA")]
    [InlineData("\"lookup_key\": \"", "\"lookup_key\": \"!")]
    [InlineData("\"audit_key\": \"", "\"audit_key\": null, \"x\": \"")]
    [InlineData("\"audit_key\"", "\"another\"")]
    [InlineData("\"data_keys\": [", "\"data_keys\": [null,")]
    [InlineData("{", "")]
    public void A_file_that_was_changed_is_refused_without_a_word_of_it(string text, string instead)
    {
        Vault.Create(KeyPath, "aes", Vaults.Clock);
        var whole = File.ReadAllText(KeyPath);
        Rewrite(whole.Replace(text, instead, StringComparison.Ordinal));
        var fault = Fails(SecretsException.Broken, () => Vault.Open(KeyPath));
        Assert.Null(fault.InnerException);
        var quoted = whole.Split('"').Where(word => word.Length > 40).ToList();
        Assert.Equal(3, quoted.Count);
        Assert.All(quoted, key => Assert.DoesNotContain(key, fault.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_out_of_order_or_one_number_twice_are_refused()
    {
        Vault.Create(KeyPath, "aes", Vaults.Clock);
        Vault.Rotate(KeyPath, Vaults.Clock);
        Rewrite(File.ReadAllText(KeyPath).Replace("\"number\": 2", "\"number\": 1", StringComparison.Ordinal));
        Fails(SecretsException.Broken, () => Vault.Open(KeyPath));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        Vault.Create(KeyPath, "sm", Vaults.Clock);
        var whole = File.ReadAllText(KeyPath).TrimEnd();
        for (var length = 0; length < whole.Length; length += 11)
        {
            Rewrite(whole[..length]);
            Fails(SecretsException.Broken, () => Vault.Open(KeyPath));
        }
    }

    [Fact]
    public void An_unknown_suite_is_refused_before_a_file_is_made()
    {
        Assert.Throws<ArgumentException>(() => Vault.Create(KeyPath, "rot13", Vaults.Clock));
        Assert.Empty(folder.FileNames);
    }

    // A file that is only truncated keeps its mode.
    void Rewrite(string text) => File.WriteAllText(KeyPath, text);

    static SecretsException Fails(string code, Func<object> act)
    {
        var fault = Assert.Throws<SecretsException>(act);
        Assert.Equal(code, fault.Code);
        return fault;
    }
}
