using Canbao.Core.Collection;
using Canbao.Core.Exchange;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Exchange;

/// <summary>Signs envelopes and receipts with a partner's key, as channels sign (<see cref="ChannelSigning"/>).</summary>
public static class ExchangeSigning
{
    /// <summary>How old a signed question may be.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>An envelope with its signature.</summary>
    public static Envelope Sign(Envelope envelope, byte[] secret) =>
        envelope with { Signature = Hex(ChannelSigning.Hmac(secret, Head(envelope), envelope.SignedText())) };

    /// <summary>A receipt with its signature.</summary>
    public static Receipt Sign(Receipt receipt, byte[] secret) =>
        receipt with { Signature = Hex(ChannelSigning.Hmac(secret, Head(receipt), receipt.SignedText())) };

    /// <summary>Whether the signature of an envelope is made with a key.</summary>
    public static bool IsSound(Envelope envelope, byte[] secret) =>
        ChannelSigning.IsSound(Channels.Hmac, secret, Head(envelope), envelope.SignedText(), Bytes(envelope.Signature));

    /// <summary>Whether the signature of a receipt is made with a key.</summary>
    public static bool IsSound(Receipt receipt, byte[] secret) =>
        ChannelSigning.IsSound(Channels.Hmac, secret, Head(receipt), receipt.SignedText(), Bytes(receipt.Signature));

    /// <summary>Whether a question without a body is a partner's, and no older than <see cref="Fresh"/>.</summary>
    /// <exception cref="RefusedException">X103: it is not.</exception>
    public static void Require(byte[] secret, SignedHead head, string signature, DateTimeOffset now)
    {
        if (!ChannelSigning.IsSound(Channels.Hmac, secret, head, [], Bytes(signature)))
            throw Unsound();
        if ((now - DateTimeOffset.UnixEpoch.AddSeconds(head.Time)).Duration() > Fresh)
            throw new RefusedException("X103", "发送时间与现在相差超过5分钟；请校准时钟后重新签名");
    }

    /// <summary>The refusal of a signature.</summary>
    public static RefusedException Unsound() => new("X103", "签名不符，或不是发给这里的；请核对密钥、签名的内容和顺序");

    static SignedHead Head(Envelope envelope) =>
        new("message", Path(envelope.Area, envelope.Partner, envelope.Direction), envelope.Number, envelope.Kind);

    static SignedHead Head(Receipt receipt) =>
        new("receipt", Path(receipt.Area, receipt.Partner, receipt.Direction), receipt.Number,
            FormattableString.Invariant($"{receipt.Run}"));

    static string Path(int area, string partner, string direction) =>
        FormattableString.Invariant($"/exchange/{area}/{partner}/{direction}");

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    static byte[] Bytes(string hex) =>
        hex.Length == 64 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : [];
}
