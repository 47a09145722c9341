using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Journaling;
using Market.Grains.Searching;

namespace Market.Benchmarks;

/// <summary>
/// The same searches over the same listings with the catalogue in PostgreSQL and in SQLite, turn by turn; both must
/// find the same in the same order.
/// </summary>
public sealed class SearchPostgresBenchmark : IBenchmark
{
    private static readonly Option<string?> Store = new("--store")
    {
        Description = "An empty PostgreSQL database, postgres://…; without it MARKET_STORE, or a throw-away server.",
        HelpName = "URL",
    };

    private static readonly Option<int?> Listings = new("--listings")
    {
        Description = "Listings to search; without it 100,000.",
        HelpName = "N",
    };

    private string? _store;
    private int? _listings;

    /// <inheritdoc/>
    public string Name => "search-postgres";

    /// <inheritdoc/>
    public string Description => "Mixed searches with the catalogue in PostgreSQL, beside SQLite's.";

    /// <inheritdoc/>
    public void AddTo(Command command)
    {
        command.Options.Add(Store);
        command.Options.Add(Listings);
    }

    /// <inheritdoc/>
    public void Configure(ParseResult arguments)
    {
        _store = arguments.GetValue(Store) ?? Environment.GetEnvironmentVariable("MARKET_STORE");
        _listings = arguments.GetValue(Listings);
    }

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        await using var database = await JournalPostgresDatabase.StartAsync(
            _store is null ? null : StoreAddress.Parse(_store), log, cancellationToken);
        if (database is null)
        {
            return;
        }

        WireCatalog.Register(typeof(MarketGrains).Assembly);
        var count = _listings ?? (quick ? 2_000 : 100_000);
        var corpus = new SearchCorpus();
        using var folder = new JournalBenchmarkFolder();
        log(string.Create(CultureInfo.InvariantCulture, $"Indexing {count:N0} listings in PostgreSQL and in SQLite."));
        await using var ours = new PostgresCatalog(
            new SearchJournal(corpus, count),
            new PostgresCatalogOptions { Address = database.Address, IsFresh = true });
        await using var theirs = new SqliteCatalog(
            new SearchJournal(corpus, count), new SqliteCatalogOptions { DataFolder = folder.Path });
        var indexing = await TimeAsync(() => ours.StartAsync(cancellationToken));
        var otherIndexing = await TimeAsync(() => theirs.StartAsync(cancellationToken));
        report(FigureResult.Relative(
            $"index of {count:N0}", count / indexing, "listings/s", count / otherIndexing, null, indexing));
        await SearchAsync(ours, theirs, new SearchMix(corpus, count, seed: 1), quick ? 100 : 1_000, count, report);
    }

    private static async Task SearchAsync(
        PostgresCatalog ours, SqliteCatalog theirs, SearchMix mix, int searches, int count,
        Action<FigureResult> report)
    {
        var (mine, others) = (new List<double>(searches), new List<double>(searches));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < searches; i++)
        {
            var query = mix.Next();
            ListingsFound? found = null, expected = null;
            await ours.SearchAsync(query);
            await theirs.SearchAsync(query);
            mine.Add(1_000 * await TimeAsync(async () => found = (await ours.SearchAsync(query)).Found));
            others.Add(1_000 * await TimeAsync(async () => expected = (await theirs.SearchAsync(query)).Found));
            if (found is null || !found.Listings.Select(static one => one.Id)
                .SequenceEqual(expected!.Listings.Select(static one => one.Id)))
            {
                throw new InvalidOperationException($"{query} finds something else in PostgreSQL.");
            }
        }

        foreach (var share in (double[])[0.5, 0.9, 0.99])
        {
            report(FigureResult.Relative(
                string.Create(CultureInfo.InvariantCulture, $"search {count:N0}, p{share * 100:0}"),
                At(mine, share), "ms", At(others, share), null, watch.Elapsed.TotalSeconds));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double At(List<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }
}
