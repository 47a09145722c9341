using System.Net;
using Market.Domain;
using Market.Domain.Admitting;
using Market.Grains.Enrolling;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.Silo.Gateway;
using Market.Silo.Hosting;
using Market.Silo.Https;
using Market.Silo.Keys;

namespace Market.Silo;

/// <summary>
/// A market that is served: what `market serve`, the demonstration, tests and benchmarks start. It binds its addresses
/// before it touches any data, and answers 503 until it is ready.
/// </summary>
public sealed class MarketHost : IAsyncDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan ServerStopWithin = TimeSpan.FromMilliseconds(200);

    private readonly ILoggerFactory _logging;
    private readonly bool _ownsLogging;
    private readonly WebServer _server;
    private MarketEngine _engine = null!;
    private AgentKeyCache _agentKeys = null!;
    private CursorCodec _cursors = null!;
    private AgentGateway _gateway = null!;
    private HostedTrader _hosted = null!;
    private ServerCertificate? _certificate;
    private int _isStopped;

    private MarketHost(MarketSiloOptions options)
    {
        _ownsLogging = options.LoggerFactory is null;
        _logging = options.LoggerFactory ?? WebServer.CreateLogging();
        _server = new WebServer(options, _logging);
    }

    /// <summary>Its first address, with the port that it really has.</summary>
    public Uri Uri => Uris[0];

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<Uri> Uris => _server.Uris;

    /// <summary>Where agents connect: the first address's `/ws`.</summary>
    public Uri AgentsUri => new UriBuilder(Uri)
    {
        Scheme = Uri.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        Path = WebServer.AgentsPath,
    }.Uri;

    /// <summary>The SHA-256 of the certificate that it shows, which clients may pin; null without TLS.</summary>
    public string? CertificateFingerprint => _certificate?.Fingerprint;

    /// <summary>Whether the certificate is one that the market made, so that clients must pin it.</summary>
    public bool IsCertificateSelfMade => _certificate is { IsSelfMade: true };

    /// <summary>The market; it never changes for a data folder.</summary>
    public MarketId MarketId => _engine.MarketId;

    /// <summary>The grains.</summary>
    public IGrainCluster Cluster => _engine.Cluster;

    /// <summary>The listings.</summary>
    public ICatalog Catalog => _engine.Catalog;

    /// <summary>The journal.</summary>
    public IJournal Journal => _engine.Journal;

    /// <summary>The market's keys.</summary>
    public MarketKeys Keys => _engine.Keys;

    /// <summary>
    /// Completes when other processes have taken the store from this one, with what to say of that; the market must
    /// then be stopped.
    /// </summary>
    public Task<StoreException> StoreLost => _engine.StoreLost;

    /// <summary>Agents' open connections.</summary>
    public int SessionCount => _gateway.SessionCount;

    /// <summary>Requests that are being answered; one whose answer was just sent may still count.</summary>
    internal int RequestsInFlight => _gateway.RequestsInFlight;

    /// <summary>The gateway's counts.</summary>
    internal GatewayMetrics Metrics => _gateway.Metrics;

    /// <summary>Starts a market; at the return it serves.</summary>
    /// <exception cref="MarketStartException">It cannot listen there, or an option is out of range.</exception>
    /// <exception cref="StoreException">The data cannot be used; nothing of it was changed.</exception>
    /// <exception cref="MarketKeysException">The keys cannot be used.</exception>
    public static async Task<MarketHost> StartAsync(
        MarketSiloOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        var host = new MarketHost(options);
        try
        {
            host.ReadCertificate(options);
            await host._server.StartAsync(cancellationToken).ConfigureAwait(false);
            await host.OpenAsync(options, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host._server.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
            host._certificate?.Dispose();
            host.DisposeLogging();
            throw;
        }
    }

    /// <summary>
    /// Stops within two seconds: no new connections, answers to what is in flight, closing frames with the reason,
    /// accepted work completed, data closed.
    /// </summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        try
        {
            await _gateway.StopAsync(AnswersWithin).ConfigureAwait(false);
            await _server.StopAsync(ServerStopWithin).ConfigureAwait(false);
        }
        finally
        {
            await _hosted.DisposeAsync().ConfigureAwait(false);
            await _engine.DisposeAsync().ConfigureAwait(false);
            _agentKeys.Dispose();
            _cursors.Dispose();
            _certificate?.Dispose();
            DisposeLogging();
        }
    }

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private static void Check(MarketSiloOptions options)
    {
        if (!Names.IsValid(options.Name))
        {
            throw new MarketStartException($"A market's name has 1 to {MarketLimits.NameLengthMax} characters.");
        }

        if (options.FeeBasisPoints is < 0 or > 10_000)
        {
            throw new MarketStartException(
                $"The fee is {options.FeeBasisPoints} basis points; it must be from 0 to 10000.");
        }

        if (options.StartingBalance is { MinorUnits: < 1 or > MarketLimits.AmountMax })
        {
            throw new MarketStartException("The starting balance must be above zero, or not given.");
        }

        if (options.CheckpointEvery < 1)
        {
            throw new MarketStartException(
                $"A checkpoint every {options.CheckpointEvery} entries cannot be; give 1 or more.");
        }

        if (options.Admission is { } admission && !AdmissionRules.IsValid(admission))
        {
            throw new MarketStartException(
                $"The admission policy names what is none, or more than {AdmissionPolicy.EntriesMax} in all.");
        }

        if (options is { Cluster: not null, Store: null })
        {
            throw new MarketStartException("A silo needs a PostgreSQL store, which all silos of its cluster share.");
        }

        if (options.Limits.Fault() is { } fault)
        {
            throw new MarketStartException(fault);
        }

        var wrong = options.Hosts.FirstOrDefault(static host => Uri.CheckHostName(host) == UriHostNameType.Unknown);
        if (wrong is not null)
        {
            throw new MarketStartException($"'{wrong}' is no host's name; one is like market.example.");
        }

        if (options is { Store: not null, DataFolder: null })
        {
            throw new MarketStartException("A market on PostgreSQL needs a data folder for its keys.");
        }

        if (options.Endpoints.Count == 0)
        {
            throw new MarketStartException("There must be an address to listen on.");
        }
    }

    /// <summary>A certificate in a file is read before anything is bound; one of its own waits for the data.</summary>
    private void ReadCertificate(MarketSiloOptions options)
    {
        if (options.Https is { CertificateFile: { } file } https)
        {
            _certificate = CertificateFiles.Load(https);
            _certificate.Require(file, options.TimeProvider.GetUtcNow(), options.Hosts);
        }
    }

    private void UseCertificate(MarketSiloOptions options)
    {
        if (options.Https is not null)
        {
            var addresses = options.Endpoints.Select(static endpoint => endpoint.Address)
                .Where(static address => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any));
            _certificate ??= SelfMadeCertificate.OpenOrCreate(
                options.DataFolder,
                options.Hosts.Concat(addresses.Select(static address => address.ToString())),
                options.TimeProvider.GetUtcNow());
            _server.Use(_certificate);
        }
    }

    private async Task OpenAsync(MarketSiloOptions options, CancellationToken cancellationToken)
    {
        _engine = await MarketEngine.OpenAsync(options, _logging.CreateLogger<MarketEngine>(), cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await ServeAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ServeAsync(MarketSiloOptions options, CancellationToken cancellationToken)
    {
        var rules = new GatewayOptions(
            MarketId,
            options.Name,
            options.FeeBasisPoints,
            options.SignaturesRequired,
            Keys.PublicKey,
            options.TimeProvider)
        {
            Limits = options.Limits,
            Admission = options.Admission,
        };
        _agentKeys = new AgentKeyCache(Cluster);
        _cursors = new CursorCodec(Keys);
        var (dispatcher, hosted) = await HostedStrategies.StartAsync(
            _engine, new ActVerifier(Cluster, _agentKeys, MarketId), rules, options.DataFolder,
            _logging.CreateLogger<HostedTrader>(), cancellationToken).ConfigureAwait(false);
        _hosted = hosted;
        _gateway = new AgentGateway(new GatewayServices(
            rules, Cluster, dispatcher, _cursors, _logging.CreateLogger<AgentGateway>())
        {
            Sessions = _engine.Part?.Sessions,
        });
        _engine.Directory.KeysChanged = OnKeysChanged;
        UseCertificate(options);
        _server.Serve(_gateway, MarketId);
    }

    /// <summary>Keys of an agent have changed: forgotten here, and the sessions of one that has ended closed.</summary>
    private void OnKeysChanged(AgentNumber agent, EndedKey? ended)
    {
        _agentKeys.Forget(agent);
        if (ended is not null)
        {
            _ = Task.Run(() => _gateway.EndSessionsOf(ended)); // it must not wait on the journal's thread
        }
    }

    private void DisposeLogging()
    {
        if (_ownsLogging)
        {
            _logging.Dispose();
        }
    }
}
