using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Market.Domain.Wire;
using Market.Grains;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.Silo.Commands.Audit;
using Spectre.Console;

namespace Market.Silo.Commands.Catalog;

/// <summary>
/// `market catalog rebuild`: makes the index again from the journal, while no market runs on the folder.
/// </summary>
internal static class CatalogRebuildCommand
{
    private static readonly Option<string> Data = AuditCommand.DataOption();
    private static readonly Option<string?> Store = StoreArguments.Option();
    private static readonly Option<bool> Json = AuditCommand.JsonOption();

    private const string Examples = """
        Examples:
          market catalog rebuild                     the market in ./market-data, which must not be running
          market catalog rebuild --data /srv/market --json
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "rebuild",
            "Make the index again from the journal. A market does so by itself where the index is missing, damaged " +
            "or of another version. Exit code 0: made; 1: the folder is in use or damaged; 2: no market is in it.")
        {
            Data, Json,
        };
        StoreArguments.AddTo(command, Store);
        command.SetAction(RunAsync);
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (StoreArguments.Of(arguments, Store) is { } address)
        {
            return await RunAsync(arguments, address, cancellationToken).ConfigureAwait(false);
        }

        var streams = arguments.InvocationConfiguration;
        var options = new SqliteJournalOptions { DataFolder = arguments.GetValue(Data)! };
        if (!File.Exists(options.Path))
        {
            streams.Error.WriteLine(
                $"market: There is no market in '{options.DataFolder}'; give its folder by --data.");
            return ExitCodes.Usage;
        }

        var journal = await SqliteJournal.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            return await RebuildAsync(
                arguments, journal,
                onProgress => new SqliteCatalog(journal, new SqliteCatalogOptions
                {
                    DataFolder = options.DataFolder,
                    IsFresh = true,
                    OnProgress = onProgress,
                }),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Of a database that a market may have open: its silos see that the index was made again.</summary>
    private static async Task<int> RunAsync(
        ParseResult arguments, StoreAddress address, CancellationToken cancellationToken)
    {
        if (!await PostgresMarket.HasMarketAsync(address, cancellationToken).ConfigureAwait(false))
        {
            arguments.InvocationConfiguration.Error.WriteLine(
                $"market: There is no market in '{address}'; give its database by --store.");
            return ExitCodes.Usage;
        }

        var journal = await PostgresJournal
            .OpenAsync(new PostgresJournalOptions { Address = address }, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            return await RebuildAsync(
                arguments, journal,
                onProgress => new PostgresCatalog(journal, new PostgresCatalogOptions
                {
                    Address = address,
                    IsFresh = true,
                    OnProgress = onProgress,
                }),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int> RebuildAsync(
        ParseResult arguments, IJournal journal, Func<Action<long, long>?, FollowingCatalog> open,
        CancellationToken cancellationToken)
    {
        var streams = arguments.InvocationConfiguration;
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        var watch = Stopwatch.StartNew();
        await using var catalog = await RebuildAsync(streams.Error, journal, open, cancellationToken)
            .ConfigureAwait(false);
        var counts = await catalog.CountAsync(cancellationToken).ConfigureAwait(false);
        Write(streams.Output, catalog.Position, counts, watch.Elapsed, arguments.GetValue(Json));
        return ExitCodes.Success;
    }

    private static async Task<FollowingCatalog> RebuildAsync(
        TextWriter errors, IJournal journal, Func<Action<long, long>?, FollowingCatalog> open,
        CancellationToken cancellationToken)
    {
        if (!AuditConsole.IsTerminal(errors))
        {
            return await StartAsync(null).ConfigureAwait(false);
        }

        return await AuditConsole.Over(errors).Progress().AutoClear(true).StartAsync(context =>
        {
            var task = context.AddTask("Entries", maxValue: Math.Max(1, journal.Head));
            return StartAsync((position, _) => task.Value = position);
        }).ConfigureAwait(false);

        async Task<FollowingCatalog> StartAsync(Action<long, long>? onProgress)
        {
            var catalog = open(onProgress);
            try
            {
                await catalog.StartAsync(cancellationToken).ConfigureAwait(false);
                return catalog;
            }
            catch
            {
                await catalog.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private static void Write(
        TextWriter output, long entries, CatalogCounts counts, TimeSpan elapsed, bool isJson)
    {
        var rate = entries / Math.Max(elapsed.TotalSeconds, 0.001);
        output.WriteLine(isJson
            ? JsonSerializer.Serialize(new
            {
                entries,
                listings = counts.Listings,
                requests = counts.Requests,
                seconds = Math.Round(elapsed.TotalSeconds, 3),
                entriesPerSecond = Math.Round(rate),
            })
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The index is made of {entries:N0} entries in {elapsed.TotalSeconds:N1} s " +
                $"({rate:N0} a second): {counts.Listings:N0} listings, {counts.Requests:N0} requests."));
    }
}
