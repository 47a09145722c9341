using System.Diagnostics;
using System.Text.Json;
using Market.Chaos.Killing;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;
using Market.TestSupport;

namespace Market.Chaos.Clusters;

/// <summary>
/// Where the market of one trial is: files in a temporary folder, a database of a throw-away server, or one that the
/// user names. The folder holds the keys in any case.
/// </summary>
internal sealed class ClusterStore : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly PostgresServer? _server;
    private readonly PostgresDatabase? _database;
    private readonly string? _address;

    private ClusterStore(PostgresServer? server, string? address)
    {
        _server = server;
        _database = server?.CreateDatabase();
        _address = _database?.Address ?? address;
    }

    /// <summary>The folder of the keys, and of the files where there is no database.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("market-cluster-").FullName;

    /// <summary>The database's address, with its password; null where the market is in files.</summary>
    public string? Address => _address;

    /// <summary>Makes one for a trial.</summary>
    public static ClusterStore Make(ClusterPlan plan) => plan switch
    {
        { OnFiles: true } => new ClusterStore(null, null),
        { Store: { } given } => new ClusterStore(null, given.ConnectionString),
        _ => new ClusterStore(PostgresServer.Launch(), null),
    };

    /// <summary>Ends the throw-away database server as a crash would.</summary>
    public void Stop() => _server!.StopImmediately();

    /// <summary>Starts it again.</summary>
    public void Start() => _server!.Start();

    /// <summary>All rows of the journal; no silo runs any more.</summary>
    public async Task<JournalView> ReadAsync()
    {
        if (_address is null)
        {
            return await JournalView.ReadAsync(Folder);
        }

        await using var journal = (IJournal)(object)await PostgresJournal.OpenAsync(
            new PostgresJournalOptions { Address = StoreAddress.Parse(_address) });
        return await JournalView.ReadAsync(journal);
    }

    /// <summary>What the program's own audit says of the store.</summary>
    public async Task<AuditReport> AuditAsync()
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [typeof(Silo.MarketHost).Assembly.Location, "audit", "verify", "--data", Folder, "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MARKET_STORE"] = _address;
        using var audit = Process.Start(start)!;
        var output = audit.StandardOutput.ReadToEndAsync();
        var errors = audit.StandardError.ReadToEndAsync();
        await Eventually.DoneAsync("the audit's end", audit.WaitForExitAsync());
        var report = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return report is null
            ? throw new RunFailedException($"The audit ended with {audit.ExitCode}: {(await errors).Trim()}")
            : JsonSerializer.Deserialize<AuditReport>(report, Web)!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
