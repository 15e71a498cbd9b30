using Canbao.Core.Work.Residents;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using QRCoder;

namespace Canbao.Web.Pages;

/// <summary>An order of whoever looked up: the code to pay it, or the receipts.</summary>
sealed class MyOrderModel : ResidentPage
{
    const int PixelsOfAModule = 5;

    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    public OrderFile Found { get; private set; } = null!;

    /// <summary>Where the order is paid.</summary>
    public string Gateway => $"/gateway/{Who!.Value.Area}-{Found.Order.Code}";

    /// <summary>The code of the gateway's whole address, as a picture.</summary>
    public string Picture()
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode($"{Request.Scheme}://{Request.Host}{Gateway}", QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(PixelsOfAModule))}";
    }

    /// <summary>The year of the order.</summary>
    public InsuranceYear OrderYear => new(Found.Order.InsuranceYear);

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var who = Who!.Value;
        var found = await Database.ReadAsync(session => PayDesk.FindAsync(session, who.Area, Code), Cancel);
        Found = found!;
        return found?.Order.PersonId == Seen!.Person.PersonId;
    }
}
