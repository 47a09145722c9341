using System.CommandLine;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Chaos.Clusters;

/// <summary>`cluster`: real processes that are killed, frozen and restarted under load.</summary>
internal static class ClusterCommand
{
    private const int ExitUsage = 2;
    private const string Files = "files";

    private static readonly Option<string> Engine = new("--engine")
    {
        Description = "The engine: embedded, one process; or orleans, several, where the program is built with it.",
        DefaultValueFactory = static _ => ClusterPlan.Embedded,
    };

    private static readonly Option<int?> Silos = new("--silos")
    {
        Description = "Processes: 3, or 1 of the embedded engine.",
    };

    private static readonly Option<string?> Store = new("--store")
    {
        Description = "An empty database, postgres://user@host/database; or files, for SQLite's. MARKET_STORE says it "
            + "where a password is in it. Without either, a throw-away PostgreSQL server is started.",
    };

    private static readonly Option<Trial[]> Trials = new("--trial")
    {
        Description = "Only this: kill, freeze, roll or database; may be given several times.",
    };

    private static readonly Option<int> Faults = new("--faults")
    {
        Description = "How often each fault.",
        DefaultValueFactory = static _ => 5,
    };

    private static readonly Option<double?> Freeze = new("--freeze")
    {
        Description = "Seconds that a silo is frozen: 5; with orleans 10, and until the others declare it dead.",
    };

    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<int?> seed, Option<bool> json)
    {
        Engine.AcceptOnlyFromAmong(ClusterPlan.Embedded, ClusterPlan.Orleans);
        var command = new Command("cluster", """
            Serves a market in real processes and does to them what happens to servers: kills one in the middle of
            settlements, freezes one and lets it go on, restarts one after the other, restarts the database; all while
            agents trade through every gateway. After each it compares what the clients were told with what the store
            holds, and audits it; of a silo that was frozen until the others did without it, also that it recorded
            nothing more. Prints a row each, with the time until all could go on; ends with 1 where anything
            acknowledged is missing or done twice, a deal is neither settled nor failed, or the audit finds an error.

            Examples:
              dotnet run -c Release --project simulations/Market.Chaos -- cluster
              dotnet run -c Release --project simulations/Market.Chaos -- cluster --trial kill --faults 50 --seed 7
              dotnet run -c Release --project simulations/Market.Chaos -- cluster --store files --trial freeze
              dotnet run -c Release -p:OrleansEngine=true --project simulations/Market.Chaos -- \
                cluster --engine orleans --trial database --faults 3
            """) { Engine, Silos, Store, Trials, Faults, Freeze, seed };
        command.SetAction(async (result, stop) =>
        {
            var (plan, problem) = PlanOf(result, seed);
            if (plan is null)
            {
                await Console.Error.WriteLineAsync(problem);
                return ExitUsage;
            }

            return await ClusterCampaign.RunAsync(plan, result.GetValue(json), stop);
        });
        return command;
    }

    /// <summary>What the command line asks for; or null, and what is wrong with it in a line.</summary>
    private static (ClusterPlan? Plan, string Problem) PlanOf(ParseResult result, Option<int?> seed)
    {
        var engine = result.GetValue(Engine)!;
        var isEmbedded = engine == ClusterPlan.Embedded;
        var silos = result.GetValue(Silos) ?? (isEmbedded ? 1 : 3);
        var store = result.GetValue(Store) ?? Environment.GetEnvironmentVariable("MARKET_STORE");
        var onFiles = store == Files;
        var trials = result.GetValue(Trials) is { Length: > 0 } some ? some : DefaultTrials(store);
        var freeze = result.GetValue(Freeze) ?? (isEmbedded ? 5 : 10);
        var problem = silos < 1 || result.GetValue(Faults) < 1 || freeze <= 0
            ? "--silos, --faults and --freeze are above zero."
            : isEmbedded && silos > 1 ? "The embedded engine is one process; --engine orleans takes several."
            : onFiles && !isEmbedded ? "SQLite's files serve one process; several need a database."
            : trials.Contains(Trial.Database) && store is not null
                ? "--trial database restarts a throw-away server; give no --store."
            : store is null ? PostgresBinaries.MissingReason is { } missing
                ? $"{missing} Or give --store files." : null
            : null;
        if (problem is not null)
        {
            return (null, problem);
        }

        try
        {
            var address = store is null || onFiles ? null : StoreAddress.Parse(store);
            return address is { IsPostgres: false }
                ? (null, "--store is a postgres:// address, or files.")
                : (new ClusterPlan(
                    engine, silos, trials, result.GetValue(Faults), TimeSpan.FromSeconds(freeze),
                    result.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000), onFiles ? null : store, onFiles), "");
        }
        catch (StoreAddressException wrong)
        {
            return (null, $"--store: {wrong.Message}");
        }
    }

    // A database that the user named holds one market: one trial, and its server is not ours to restart.
    private static Trial[] DefaultTrials(string? store) => store switch
    {
        null => [Trial.Kill, Trial.Freeze, Trial.Roll, Trial.Database],
        Files => [Trial.Kill, Trial.Freeze, Trial.Roll],
        _ => [Trial.Kill],
    };
}
