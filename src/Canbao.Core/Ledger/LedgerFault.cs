namespace Canbao.Core.Ledger;

/// <summary>Something that does not add up.</summary>
/// <param name="Code">A stable code, G101 and on.</param>
/// <param name="Text">What, and where to look; for whoever keeps the system.</param>
public sealed record LedgerFault(string Code, string Text);
