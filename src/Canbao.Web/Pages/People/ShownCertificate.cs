using Canbao.Core.Work.Residents;

namespace Canbao.Web.Pages;

/// <summary>A certificate as desks and residents print it.</summary>
/// <param name="One">What it says.</param>
/// <param name="Code">The code by which it is checked.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Today">The day of issue.</param>
sealed record ShownCertificate(Certificate One, string Code, string Unit, DateOnly Today);
