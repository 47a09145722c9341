using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Market.Silo.Clustering;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Commands.Cluster;

/// <summary>`market cluster status`: the silos as they know each other, read from the store.</summary>
internal static class ClusterStatusCommand
{
    private static readonly Option<string?> Store = StoreArguments.Option();
    private static readonly Option<bool> Json = AuditCommand.JsonOption();

    private static readonly Option<string?> Cluster = new("--cluster")
    {
        Description = "Only this cluster; without it all that the database knows.",
        HelpName = "NAME",
    };

    private const string Examples = """
        Examples:
          market cluster status --store postgres://market@db/market
          MARKET_STORE=postgres://market:secret@db/market market cluster status --cluster main --json
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "status",
            "Show the silos of a cluster: state, since when, last sign of life. A silo that ended stays in the list "
            + "for a day. Exit code 0: some silo is active; 1: none is, or the database cannot be read; "
            + "2: no database was named.")
        {
            Cluster, Json,
        };
        StoreArguments.AddTo(command, Store);
        command.Validators.Add(static result =>
        {
            if (!StoreArguments.IsGiven(result, Store))
            {
                result.AddError($"Name the cluster's database by --store or {StoreArguments.Variable}.");
            }
        });
        command.SetAction(RunAsync);
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var silos = await ClusterStatus.ReadAsync(
            StoreArguments.DatabaseOf(arguments, Store)!, arguments.GetValue(Cluster), cancellationToken)
            .ConfigureAwait(false);
        Write(arguments.InvocationConfiguration.Output, silos, arguments.GetValue(Json));
        return silos.Any(static silo => silo.State == "active") ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Write(TextWriter output, IReadOnlyList<SiloStatusRow> silos, bool isJson)
    {
        foreach (var silo in isJson ? silos : [])
        {
            output.WriteLine(JsonSerializer.Serialize(silo, JsonSerializerOptions.Web));
        }

        if (!isJson)
        {
            WriteTable(output, silos);
        }
    }

    private static void WriteTable(TextWriter output, IReadOnlyList<SiloStatusRow> silos)
    {
        if (silos.Count == 0)
        {
            output.WriteLine("No silo has started here; start one by `market serve --engine orleans`.");
        }

        foreach (var cluster in silos.GroupBy(static silo => (silo.Cluster, silo.Version)))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Cluster {cluster.Key.Cluster}, version {cluster.Key.Version}:"));
            Line("SILO", "ADDRESS", "STATE", "SINCE (UTC)", "LAST SIGN OF LIFE");
            foreach (var silo in cluster)
            {
                Line(silo.Name, silo.Address, silo.State, Text(silo.Since), Text(silo.LastSign));
            }
        }

        void Line(string name, string address, string state, string since, string sign) =>
            output.WriteLine($"  {name,-24} {address,-21} {state,-13} {since,-19} {sign}".TrimEnd());
    }

    private static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
