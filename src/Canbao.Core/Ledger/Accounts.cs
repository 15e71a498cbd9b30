using Canbao.Vocabulary;

namespace Canbao.Core.Ledger;

/// <summary>The names of accounts.</summary>
public static class Accounts
{
    /// <summary>What all accounts of cash begin with.</summary>
    public const string CashPrefix = "cash:";

    /// <summary>What all accounts of channels begin with.</summary>
    public const string ChannelPrefix = "channel:";

    /// <summary>What all accounts of dues begin with.</summary>
    public const string DuesPrefix = "dues:";

    /// <summary>What all accounts of missing cash begin with.</summary>
    public const string ShortagePrefix = "shortage:";

    /// <summary>What all accounts of cash that nobody can explain begin with.</summary>
    public const string ExcessPrefix = "excess:";

    /// <summary>What all accounts of cash that residents get back begin with.</summary>
    public const string GiveBackPrefix = "giveback:";

    /// <summary>What all accounts of funders begin with.</summary>
    public const string FunderPrefix = "funder:";

    /// <summary>What all accounts of payers' funds begin with.</summary>
    public const string FundPrefix = "fund:";

    /// <summary>The tax account.</summary>
    public const string Tax = "tax";

    /// <summary>What has reached the treasury.</summary>
    public const string Treasury = "treasury";

    /// <summary>Money that came and fits nobody, until somebody decides.</summary>
    public const string Suspense = "suspense";

    /// <summary>What is to be paid back.</summary>
    public const string Refunds = "refunds";

    /// <summary>Cash in somebody's hands.</summary>
    public static string Cash(string login) => CashPrefix + login;

    /// <summary>What lacks of somebody's cash.</summary>
    public static string Shortage(string login) => ShortagePrefix + login;

    /// <summary>What somebody's cash has too much.</summary>
    public static string Excess(string login) => ExcessPrefix + login;

    /// <summary>Cash in somebody's hands that was not posted and residents get back.</summary>
    public static string GiveBack(string login) => GiveBackPrefix + login;

    /// <summary>What a channel acknowledged and has not deposited.</summary>
    public static string Channel(string channel) => ChannelPrefix + channel;

    /// <summary>What a payer owes for a category, or for a rule that asks for none.</summary>
    public static string Funder(string payer, string category) => $"{FunderPrefix}{payer}:{category}";

    /// <summary>What came into a payer's fund.</summary>
    public static string Fund(string payer) => FundPrefix + payer;

    /// <summary>Where a fund's money comes from, on the giving side.</summary>
    public static string FundSource(string payer) => $"income:{payer}";

    /// <summary>What funders bear of a year.</summary>
    public static string Assistance(InsuranceYear year) => $"assistance:{year}";

    /// <summary>What residents pay for a year.</summary>
    public static string Dues(InsuranceYear year) => $"{DuesPrefix}{year}";
}
