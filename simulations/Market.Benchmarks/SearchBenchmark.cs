using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Searching;

namespace Market.Benchmarks;

/// <summary>
/// Searches over 100,000 listings and over a million, beside SQLite's own full-text query on the same listings.
/// </summary>
public sealed class SearchBenchmark : IBenchmark
{
    private const int RawBatch = 10_000;
    private const double RawShareMax = 1.5;

    private static readonly Option<int?> Listings = new("--listings")
    {
        Description = "Listings to search; without it 100,000, then 1,000,000.",
        HelpName = "N",
    };

    private int? _listings;

    /// <inheritdoc/>
    public string Name => "search";

    /// <inheritdoc/>
    public string Description => "Mixed searches over many listings, beside SQLite's own; indexing; memory and disk.";

    /// <inheritdoc/>
    public void AddTo(Command command) => command.Options.Add(Listings);

    /// <inheritdoc/>
    public void Configure(ParseResult arguments) => _listings = arguments.GetValue(Listings);

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        foreach (var listings in _listings is { } given ? [given] : quick ? new[] { 2_000 } : [100_000, 1_000_000])
        {
            await MeasureAsync(listings, quick ? 300 : 4_000, report, log, cancellationToken);
        }
    }

    private static async Task MeasureAsync(
        int listings,
        int searches,
        Action<FigureResult> report,
        Action<string> log,
        CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        var corpus = new SearchCorpus();
        var name = listings.ToString("N0", CultureInfo.InvariantCulture);
        log($"Indexing {name} listings, here and by SQLite alone.");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var journal = new SearchJournal(corpus, listings);
        var watch = Stopwatch.StartNew();
        await using var catalog = new SqliteCatalog(
            journal, new SqliteCatalogOptions { DataFolder = folder.Path, BatchRowsMax = RawBatch });
        await catalog.StartAsync(cancellationToken);
        var indexing = (watch.Elapsed - journal.Making).TotalSeconds;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        using var raw = new SearchRawIndex(folder.Path);
        var rawIndexing = Fill(raw, corpus, listings);
        report(FigureResult.Relative(
            $"index, of {name}", listings / indexing, "listings/s", listings / rawIndexing, null, indexing));
        report(FigureResult.Absolute($"disk, of {name}", Disk(folder.Path) / listings, "bytes/listing", null, 0));
        report(FigureResult.Absolute(
            $"managed memory, of {name}", Math.Max(0, memory) / (double)listings, "bytes/listing", null, 0));
        await SearchAsync(catalog, raw, new SearchMix(corpus, listings, seed: 1), searches, name, report);
    }

    /// <summary>Each query runs once before it is timed, here and there, and the two take turns.</summary>
    private static async Task SearchAsync(
        SqliteCatalog catalog,
        SearchRawIndex raw,
        SearchMix mix,
        int searches,
        string name,
        Action<FigureResult> report)
    {
        var all = new List<double>(searches);
        var (ours, theirs) = (new List<double>(searches), new List<double>(searches));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < searches; i++)
        {
            var query = mix.Next();
            await AskAsync(catalog, query);
            var (found, milliseconds) = await AskAsync(catalog, query);
            all.Add(milliseconds);
            using var command = raw.CommandOf(query);
            if (command is null)
            {
                continue;
            }

            Ask(command);
            var (rawFound, rawMilliseconds) = Ask(command);
            if (found.HasMore ? rawFound <= found.Listings.Count : rawFound != found.Listings.Count)
            {
                throw new InvalidOperationException(
                    $"{query} finds {found.Listings.Count}, and {rawFound} by SQLite alone.");
            }

            ours.Add(milliseconds);
            theirs.Add(rawMilliseconds);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var isBounded = name == "100,000";
        foreach (var (share, bound) in new[] { (0.5, 5.0), (0.99, 20.0) })
        {
            var percentile = $"p{share * 100:0}";
            report(FigureResult.Absolute(
                $"search {name}, {percentile}", At(all, share), "ms", isBounded ? bound : null, seconds, atMost: true));
            var (our, their) = (At(ours, share), At(theirs, share));
            report(new FigureResult(
                $"search {name}, with words, {percentile}", our, "ms", their, our / their,
                $"≤ {RawShareMax:F1} of raw", our <= RawShareMax * their, seconds));
        }
    }

    private static async Task<(ListingsFound Found, double Milliseconds)> AskAsync(
        SqliteCatalog catalog, SearchListings query)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await catalog.SearchAsync(query);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var found = answer.Found ?? throw new InvalidOperationException($"{query} is refused: {answer.Refusal}.");
        return (found, elapsed);
    }

    private static (int Found, double Milliseconds) Ask(Microsoft.Data.Sqlite.SqliteCommand command)
    {
        var start = Stopwatch.GetTimestamp();
        var found = 0;
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                rows.GetFieldValue<byte[]>(1);
                found++;
            }
        }

        return (found, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static double Fill(SearchRawIndex raw, SearchCorpus corpus, int listings)
    {
        var seconds = 0.0;
        foreach (var numbers in Enumerable.Range(0, listings).Chunk(RawBatch))
        {
            var made = numbers.Select(number => corpus[number]).ToArray();
            var start = Stopwatch.GetTimestamp();
            raw.Add(made);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    private static double Disk(string folder) => Directory
        .EnumerateFiles(folder, SqliteCatalog.FileName + "*").Sum(static file => (double)new FileInfo(file).Length);

    private static double At(List<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }
}
