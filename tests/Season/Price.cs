namespace Canbao.Season.Tests;

/// <summary>What the notice of Baogou asks for 2022, written out by hand for the people of a season, without the pack.</summary>
static class Price
{
    public const string Category = "minimum_living_rural";
    public static readonly DateOnly CentralBegins = new(2021, 10, 26), CentralEnds = new(2021, 12, 10), YearEnds = new(2022, 12, 31);

    /// <summary>What a resident pays on a day, fen: 0 where others pay everything, null where nothing can be paid.</summary>
    public static long? Of(DateOnly born, bool isListed, DateOnly paidOn)
    {
        if (paidOn < CentralBegins || paidOn > YearEnds)
            return null;
        if (paidOn > CentralEnds)
            return 900_00;
        if (isListed || born <= new DateOnly(1951, 12, 31))
            return 0;
        return born <= new DateOnly(1961, 12, 31) ? 160_00 : 320_00;
    }

    /// <summary>What a payment of a day opens; null where its waiting time outlasts the year.</summary>
    public static (DateOnly From, DateOnly Until)? Cover(DateOnly paidOn)
    {
        if (paidOn <= CentralEnds)
            return (new(2022, 1, 1), YearEnds);
        var from = paidOn.AddDays(31);
        return from > YearEnds ? null : (from, YearEnds);
    }
}
