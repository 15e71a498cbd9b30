using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Secrets;

namespace Canbao.Core.Work.Offline;

/// <summary>What a bag says that somebody owes on its day.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Fen">How much.</param>
/// <param name="VerdictId">By which verdict: with other facts it is another one.</param>
public readonly record struct BagQuote(long PersonId, long Fen, long VerdictId);

/// <summary>Proves that quotes and receipt numbers are this installation's, without keeping the quotes.</summary>
/// <param name="vault">Its key makes them.</param>
public sealed class BagSigning(Vault vault)
{
    /// <summary>The signature of a quote: 32 digits.</summary>
    public string Sign(CollectionBagRow bag, BagQuote quote) => Convert.ToHexStringLower(vault.Hash(FormattableString.Invariant(
        $"bag-quote|{bag.Area}|{bag.BagId}|{bag.InsuranceYear}|{quote.PersonId}|{quote.Fen}|{quote.VerdictId}|{bag.ValidOn:yyyyMMdd}")));

    /// <summary>Whether a signature is that of a quote.</summary>
    public bool IsSound(CollectionBagRow bag, BagQuote quote, string signature) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Sign(bag, quote)), Encoding.UTF8.GetBytes(signature));

    /// <summary>The key of one receipt number, from which a phone makes the receipt's code: 16 bytes.</summary>
    public byte[] NumberKey(string receipt) => vault.Hash($"bag-number|{receipt}");

    /// <summary>
    /// What the code of a receipt with a bag's number is made of: HMAC-SHA256 under the number's key over
    /// <c>person|year|fen|yyyyMMdd</c>. The phone computes the same (<c>receipt.js</c>), whatever the installation's suite.
    /// </summary>
    public byte[] CodeHash(PaymentRow payment) => HMACSHA256.HashData(NumberKey(payment.ReceiptNo), Encoding.UTF8.GetBytes(
        FormattableString.Invariant($"{payment.PersonId}|{payment.InsuranceYear}|{payment.Amount}|{payment.PaidOn:yyyyMMdd}")));
}
