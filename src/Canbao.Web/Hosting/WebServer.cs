using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Changes;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Exchange;
using Canbao.Core.Work.Funding;
using Canbao.Core.Work.Jobs;
using Canbao.Core.Work.Offline;
using Canbao.Core.Work.Policies;
using Canbao.Core.Work.Reconciliation;
using Canbao.Core.Work.Refunding;
using Canbao.Core.Work.Registrations;
using Canbao.Core.Work.Reports;
using Canbao.Core.Work.Residents;
using Canbao.Core.Work.Rollover;
using Canbao.Core.Work.Shadow;
using Canbao.Core.Work.Today;
using Canbao.Core.Work.WorkFunds;
using Canbao.Web.Channels;
using Canbao.Web.Exchange;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>The pages, ready to be run. They speak HTTP: HTTPS is the business of a proxy on the same machine.</summary>
public static class WebServer
{
    /// <summary>A server that is not running yet.</summary>
    /// <param name="options">What it works with.</param>
    /// <param name="logging">Where its log goes; nowhere where left out.</param>
    public static WebApplication Build(WebOptions options, Action<ILoggingBuilder>? logging = null)
    {
        // Empty: nothing is configured by files or variables that happen to lie about.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PostLimit.MostRead;
        }).UseUrls(options.Urls);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Keys are sealed by SharedKeys, which this warning does not know.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // The page that the provider sends back to says what went wrong, without what stood in the answer.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None);
        // Every page is "no-store" already, which is stricter than what this would set and warns of.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging?.Invoke(builder.Logging);
        AddServices(builder.Services, options);
        if (options.Telemetry is { } collector)
            Telemetry.Use(builder.Services, Telemetry.Address(collector));
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseMiddleware<Headers>();
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<Faults>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<Gate>();
        app.UseMiddleware<PostLimit>();
        app.MapGet(Stylesheet.Path, Stylesheet.Send);
        OfflineFiles.Map(app);
        app.MapGet(Health.Live, Health.IsLive);
        app.MapGet(Health.Ready, (Health health, CancellationToken cancel) => health.IsReadyAsync(cancel));
        app.MapRazorPages();
        ChannelApi.Map(app, app.Services.GetRequiredService<ChannelApi>());
        ExchangeApi.Map(app, app.Services.GetRequiredService<ExchangeApi>());
        app.MapOpenApi(ChannelApi.Root + "/openapi.json");
        return app;
    }

    /// <summary>
    /// Where there is no administrator, opens the page that makes the first one, and gives the code for whoever started the server; null
    /// where there is one.
    /// </summary>
    public static Task<string?> BeginFirstAsync(WebApplication app, CancellationToken cancel = default) =>
        app.Services.GetRequiredService<FirstStart>().BeginAsync(cancel);

    static void AddServices(IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Database);
        services.AddSingleton(options.Vault);
        services.AddSingleton(options.Clock);
        var dues = new Dues(options.Shelf, options.Vault);
        var people = new People(options.Vault);
        services.AddSingleton(options.Shelf);
        services.AddSingleton(people);
        services.AddSingleton(new PersonAttachments(options.Vault));
        var names = CatalogueNames.Of(options.Shelf.Library);
        services.AddSingleton(names);
        var lists = new RosterDesk(options.Vault, names);
        services.AddSingleton(lists);
        services.AddSingleton(new ListDesk(lists, dues));
        var changes = new ChangeDesk(dues, options.Shelf, options.Vault);
        services.AddSingleton(changes);
        services.AddSingleton(new PolicyDesk(options.Shelf, changes));
        services.AddSingleton(new ShadowRun(options.Shelf, options.Vault));
        services.AddSingleton(new RolloverDesk(options.Shelf, options.Vault, lists));
        services.AddSingleton(new AdjustmentForm(options.Vault, names));
        services.AddSingleton(new Identities(dues));
        services.AddSingleton(new RegistrationDesk(options.Vault, dues, names));
        services.AddSingleton(new RegistrationForm(options.Vault, names));
        services.Configure<FormOptions>(PostLimit.Use);
        var files = new PersonFiles(people, dues);
        services.AddSingleton(files);
        services.AddSingleton(new NumberDesk(people, files));
        services.AddSingleton(new HouseholdFiles(dues));
        AddMoney(services, options, dues);
        var enrolments = new Enrolments(options.Vault);
        services.AddSingleton(new Comparisons(options.Vault));
        services.AddSingleton(new FindingFiles(options.Vault));
        services.AddSingleton(new FindingDesk(options.Vault));
        services.AddSingleton(new RegisterDesk(people, enrolments, dues));
        services.AddSingleton(new LifeEvents(people, enrolments));
        services.AddSingleton(new AuditChain(options.Vault));
        AddSeason(services, options, new(names), names);
        services.AddSingleton<JobKinds>();
        services.AddSingleton(all => new Jobs(options.Database, all.GetRequiredService<JobKinds>().Find, options.Clock)
        {
            OnFault = new JobFaults(all.GetRequiredService<ILogger<JobFaults>>()).Tell,
        });
        services.AddHostedService<Sealing>();
        services.AddRateLimiter(limits => Backpressure.Use(limits, options));
        services.AddSingleton<Health>();
        services.AddSingleton<FirstStart>();
        AddChannels(services, options, dues);
        AddExchange(services, options, new(options.Database, options.Vault, dues, names));
        AddSignIn(services, options);
        AddResidents(services, options, dues, people);
        AddPages(services, options.Provider is not null);
    }

    static void AddPages(IServiceCollection services, bool hasProvider)
    {
        // Chinese stays readable and short.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<LastFilters>();
        services.AddRazorPages(pages =>
            {
                // A page without an address is not there.
                if (!hasProvider)
                    pages.Conventions.AddFolderRouteModelConvention("/Provider", page => page.Selectors.Clear());
            })
            .AddApplicationPart(typeof(WebServer).Assembly)
            .AddMvcOptions(FormTexts.Use)
            .AddMvcOptions(mvc => mvc.Filters.Add(new ExcelFilter()))
            .AddCookieTempDataProvider(said => said.Cookie.Name = "canbao-said")
            .AddViewOptions(views => views.HtmlHelperOptions.ClientValidationEnabled = false);
    }

    static void AddMoney(IServiceCollection services, WebOptions options, Dues dues)
    {
        services.AddSingleton(new CashDesk(dues));
        var bags = new BagSigning(options.Vault);
        services.AddSingleton(bags);
        services.AddSingleton(new BagDesk(new(dues)));
        services.AddSingleton(new TakingDesk(new(dues), bags));
        services.AddSingleton(new ReceiptDesk(options.Vault));
        services.AddSingleton(new SchoolDesk(dues));
        services.AddSingleton(new GroupTrial(dues, options.Vault));
        services.AddSingleton(new GroupDesk(dues, options.Vault));
        services.AddSingleton(new ShareBooking(dues));
        services.AddSingleton(new RefundDesk(dues, options.Vault));
        services.AddSingleton(new MassRefund(dues, options.Vault));
        services.AddSingleton(new Payouts(dues, options.Vault));
    }

    static void AddSeason(IServiceCollection services, WebOptions options, CountedPeople counted, CategoryNames names)
    {
        services.AddSingleton(new TodayDesk(options.Shelf));
        services.AddSingleton(new Progress(counted));
        services.AddSingleton(new Counts(options.Database, new Counter(counted, options.Vault)));
        services.AddSingleton(new WorkFundDesk(options.Shelf));
        services.AddSingleton(new FundAccounts(options.Shelf));
        services.AddSingleton(new ReportDesk(options.Shelf, names));
        services.AddSingleton(new BulletinDesk(options.Shelf));
        services.AddSingleton(new PostingDesk(new(counted)));
    }

    static void AddSignIn(IServiceCollection services, WebOptions options)
    {
        services.AddDataProtection().SetApplicationName("canbao")
            .AddKeyManagementOptions(keys => keys.XmlRepository = new SharedKeys(options.Database, options.Vault));
        services.Configure<ForwardedHeadersOptions>(headers =>
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedFor);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "canbao";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(2);
            cookie.SlidingExpiration = true;
        });
        services.AddSingleton(new SecondFactors(options.Vault, options.TrueClock ?? options.Clock));
        services.AddSingleton<HalfSignedIn>();
        services.AddSingleton(new ProviderTies(options.Vault));
        if (options.Provider is { } provider)
            ProviderSignIn.Use(services, provider);
        services.AddAntiforgery(form => form.Cookie.Name = "canbao-form");
    }

    static void AddResidents(IServiceCollection services, WebOptions options, Dues dues, People people)
    {
        services.AddSingleton(_ => new ResidentDesk(people, new(dues), dues, options.Vault));
        services.AddSingleton(new CertificateDesk(options.Vault));
        services.AddSingleton<PayDesk>();
        services.AddSingleton<ApplicationDesk>();
        services.AddSingleton<ResidentSessions>();
        services.AddSingleton<KnownAreas>();
    }

    static void AddExchange(IServiceCollection services, WebOptions options, ExchangeTools tools)
    {
        services.AddSingleton(tools);
        services.AddSingleton(new FridayLists(tools));
        services.AddSingleton(new TaxFeed(tools));
        services.AddSingleton(new FundRequests(tools));
        services.AddSingleton(new InboxDesk(tools));
        services.AddSingleton<ExchangeApi>();
        if (options.ExchangeFolder is { } folder)
            services.AddHostedService(all => new Exchanging(tools, folder, options.Clock, all.GetRequiredService<ILogger<Exchanging>>()));
    }

    static void AddChannels(IServiceCollection services, WebOptions options, Dues dues)
    {
        var desk = new ChannelDesk(dues, options.Vault);
        services.AddSingleton(dues);
        services.AddSingleton(desk);
        services.AddSingleton(new Reconciler(desk, options.Vault));
        services.AddSingleton(new Core.Collection.Channels(options.Vault));
        services.AddSingleton(new DeclarationNumber(options.Vault));
        services.AddSingleton(_ => new ChannelIntake(options.Database, desk));
        services.AddSingleton<ChannelCaller>();
        services.AddSingleton<ChannelQuestions>();
        services.AddSingleton<ChannelApi>();
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ChannelJson.Default);
        });
        services.AddOpenApi(api =>
        {
            api.ShouldInclude = each => each.RelativePath?.StartsWith(ChannelApi.Root[1..], StringComparison.Ordinal) == true;
            api.AddDocumentTransformer<ChannelDocument>();
        });
    }
}
