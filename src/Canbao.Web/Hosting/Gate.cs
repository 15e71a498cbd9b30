using System.Globalization;
using System.Security.Claims;
using Canbao.Core.Access;
using Canbao.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Canbao.Web.Hosting;

/// <summary>
/// Lets in whom <see cref="Routes"/> admits, and nobody where it says nothing. The account is read afresh for each request, so that
/// closing it or changing its role works at once and on every server.
/// </summary>
sealed class Gate(RequestDelegate next, Database database)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            context.Response.StatusCode =
                context.GetEndpoint() is null ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var route = Routes.Find(endpoint.RoutePattern.RawText);
        if (route is { Roles: null })
        {
            await next(context);
            return;
        }

        if (await ViewerAsync(context) is not { } viewer)
        {
            SendToSignIn(context);
            return;
        }

        context.Features.Set(viewer);
        if (route is null || !route.Admits(viewer.Role))
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        else if (viewer.MustChange && route.Pattern is not (Routes.Password or Routes.SignOut))
            context.Response.Redirect(Routes.Password);
        else if (viewer is { MustChange: false, MustEnrol: true }
            && route.Pattern is not (Routes.SecondFactor or Routes.Password or Routes.SignOut))
            context.Response.Redirect(Routes.SecondFactor);
        else
            await next(context);
    }

    /// <summary>Begins a session in this browser.</summary>
    public static Task BeginAsync(HttpContext context, SignedIn session) =>
        context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Principal(session));

    /// <summary>What the browser's cookie says, sealed: which session it is. Name and role are read from the database.</summary>
    public static ClaimsPrincipal Principal(SignedIn session) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, session.Login),
            new("area", session.Area.ToString(CultureInfo.InvariantCulture)),
            new("stamp", session.Stamp.ToString(CultureInfo.InvariantCulture)),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    async Task<Viewer?> ViewerAsync(HttpContext context)
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } login)
            return null;
        var area = int.Parse(context.User.FindFirstValue("area")!, CultureInfo.InvariantCulture);
        var stamp = long.Parse(context.User.FindFirstValue("stamp")!, CultureInfo.InvariantCulture);
        return await Sessions.FindAsync(database, area, login, stamp, context.RequestAborted);
    }

    static void SendToSignIn(HttpContext context)
    {
        // Coming back is of use to somebody who followed a link, and wrong behind a form.
        var query = HttpMethods.IsGet(context.Request.Method) && context.Request.Path != "/"
            ? QueryString.Create("from", context.Request.Path + context.Request.QueryString)
            : QueryString.Empty;
        context.Response.Redirect(Routes.SignIn + query);
    }
}
