using Canbao.Core.Collection;
using Canbao.Core.Work.Collecting;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What the payer of a group payment gets: the sum and its lines, to be printed or as a table.</summary>
sealed class GroupReceiptModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public BatchFile Found { get; private set; } = null!;

    /// <summary>The deposit of the sum.</summary>
    public CollectionStepRow Deposit { get; private set; } = null!;

    /// <summary>The sum that came.</summary>
    public Money Came => Money.FromFen(Deposit.Amount);

    /// <summary>What was posted from it.</summary>
    public BatchCount Posted => new(Found.Lines.Count, Money.FromFen(Found.Lines.Sum(line => line.Payment.Amount)));

    /// <inheritdoc/>
    protected override bool OffersExcel => false;

    public FileContentResult OnGetTable()
    {
        using var content = new MemoryStream();
        GroupForm.Write(Found, content);
        return Download(content, $"集体缴费{Batches.Name(Found.Listed.Batch)}.xlsx");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await BatchFiles.FindAsync(session, Viewer.Area, Viewer.Scope, Id, Today) is not { } found
                || found.Listed.Batch is not { Kind: Batches.Group, State: not Batches.Suspended } batch || !BatchDesk.IsFor(Viewer, batch)
                || found.Steps.FirstOrDefault(step => step.Step == Batches.Deposited) is not { } deposit)
            {
                return false;
            }

            (Found, Deposit) = (found, deposit);
            return true;
        },
        Cancel);
}
