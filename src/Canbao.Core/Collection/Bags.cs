using System.Globalization;
using Canbao.Storage;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>Work that is taken along: the rows, the names of bags and the numbers of their receipts.</summary>
public static class Bags
{
    /// <summary>What became of a taking.</summary>
    public const string Posted = "posted", Refused = "refused", Void = "void";

    /// <summary>What tells a bag's numbers from a batch's (离线).</summary>
    const char Mark = 'L';

    /// <summary>A bag; null where there is none.</summary>
    public static Task<CollectionBagRow?> FindAsync(Session session, int area, long id) =>
        session.Table<CollectionBagRow>().FirstOrDefaultAsync(row => row.Area == area && row.BagId == id);

    /// <summary>What was taken with a key of a phone; null where nothing was.</summary>
    public static Task<BagTakingRow?> TakingAsync(Session session, int area, string key) =>
        session.Table<BagTakingRow>().FirstOrDefaultAsync(row => row.Area == area && row.TakingKey == key);

    /// <summary>How people call it: <c>2022-L0007</c>.</summary>
    public static string Name(CollectionBagRow bag) =>
        string.Create(CultureInfo.InvariantCulture, $"{bag.InsuranceYear}-{Mark}{bag.Number:0000}");

    /// <summary>One of its receipt numbers: area, year, bag, line.</summary>
    public static string ReceiptNo(CollectionBagRow bag, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{bag.Area}-{Name(bag)}-{line:000}");

    /// <summary>Whether a receipt's number is one of a bag, and not of a batch.</summary>
    public static bool IsNumber(string receipt) => receipt.Split('-') is [_, _, [Mark, ..], _];

    /// <summary>The bag and line of a receipt's number; null where it is none of a bag.</summary>
    public static async Task<(CollectionBagRow Bag, int Line)?> OfReceiptAsync(Session session, string receipt)
    {
        if (receipt.Split('-') is not [var first, var second, [Mark, .. var third], var last] || !IsInt(first, out int area)
            || !IsInt(second, out int year) || !IsInt(third, out int number) || !IsInt(last, out int line))
        {
            return null;
        }

        var bag = await session.Table<CollectionBagRow>()
            .FirstOrDefaultAsync(row => row.Area == area && row.InsuranceYear == year && row.Number == number);
        return bag is not null && line >= 1 && line <= bag.Numbers ? (bag, line) : null;

        static bool IsInt(string digits, out int value) =>
            int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
