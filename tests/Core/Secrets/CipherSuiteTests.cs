using System.Text;
using Canbao.Core.Secrets;
using Xunit;

namespace Canbao.Core.Tests.Secrets;

/// <summary>Examples that others have published.</summary>
public class CipherSuiteTests
{
    [Fact]
    public void SM4_GCM_gives_the_example_of_RFC_8998()
    {
        var key = Convert.FromHexString("0123456789ABCDEFFEDCBA9876543210");
        var nonce = Convert.FromHexString("00001234567800000000ABCD");
        var purpose = Convert.FromHexString("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        var plain = Convert.FromHexString("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
            + "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA");
        const string Sealed = "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15"
            + "A56834CBCF98C397B4024A2691233B8D83DE3541E4C2B58177E065A9BF7B62EC";
        RoundTrip(CipherSuite.Sm.For([.. key, .. key]), nonce, purpose, plain, Sealed);
    }

    [Fact]
    public void AES_256_GCM_gives_test_case_16_of_its_authors()
    {
        var key = Convert.FromHexString("FEFFE9928665731C6D6A8F9467308308FEFFE9928665731C6D6A8F9467308308");
        var nonce = Convert.FromHexString("CAFEBABEFACEDBADDECAF888");
        var purpose = Convert.FromHexString("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        var plain = Convert.FromHexString("D9313225F88406E5A55909C5AFF5269A86A7A9531534F7DA2E4C303D8A318A72"
            + "1C3C0C95956809532FCF0E2449A6B525B16AEDF5AA0DE657BA637B39");
        const string Sealed = "522DC1F099567D07F47F37A32A84427D643A8CDCBFE5C0C97598A2BD2555D1AA"
            + "8CB08E48590DBB3DA7B08B1056828838C5F61E6393BA7A0ABCC9F66276FC6ECE0F4E1768CDDF8853BB2D551B";
        RoundTrip(CipherSuite.Aes.For(key), nonce, purpose, plain, Sealed);
    }

    [Theory]
    [InlineData("sm", "2E87F1D16862E6D964B50A5200BF2B10B764FAA9680A296A2405F24BEC39F882")]
    [InlineData("aes", "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843")]
    public void The_keyed_hash_gives_the_published_example_at_once_and_in_pieces(string name, string expected)
    {
        var suite = name == "sm" ? CipherSuite.Sm : CipherSuite.Aes;
        var key = "Jefe"u8.ToArray();
        var hash = new byte[CipherSuite.HashBytes];
        suite.Hash(key, "what do ya want for nothing?"u8, hash);
        Assert.Equal(expected, Convert.ToHexString(hash));
        using var pieces = suite.StartHash(key);
        for (var again = 0; again < 2; again++)
        {
            foreach (var piece in new[] { "what do ya want ", "", "for nothing?" })
                pieces.Append(Encoding.ASCII.GetBytes(piece));
            Assert.Equal(expected, Convert.ToHexString(pieces.Finish()));
        }
    }

    static void RoundTrip(Cipher cipher, byte[] nonce, byte[] purpose, byte[] plain, string expected)
    {
        using var disposed = cipher;
        var sealedBytes = new byte[plain.Length + CipherSuite.TagBytes];
        cipher.Encrypt(nonce, purpose, plain, sealedBytes);
        Assert.Equal(expected, Convert.ToHexString(sealedBytes));
        var opened = new byte[plain.Length];
        Assert.True(cipher.TryDecrypt(nonce, purpose, sealedBytes, opened));
        Assert.Equal(plain, opened);
        sealedBytes[3] ^= 1;
        Assert.False(cipher.TryDecrypt(nonce, purpose, sealedBytes, opened));
        Assert.DoesNotContain(opened, part => part != 0);
    }
}
