using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Market.Grains.Journaling;
using Market.Silo.Clustering;

namespace Market.Silo.Commands;

/// <summary>What `market serve` is told of other silos.</summary>
internal static class ClusterArguments
{
    private const string Embedded = "embedded";
    private const string Orleans = "orleans";

    private static readonly Option<string> Engine = new("--engine")
    {
        Description = "What hosts the grains: embedded, in this process alone; orleans, one silo of a cluster.",
        HelpName = "NAME",
        DefaultValueFactory = static _ => Embedded,
    };

    private static readonly Option<string?> Cluster = new("--cluster")
    {
        Description = "With --engine orleans: the cluster's name. Silos with one name and one store find each other.",
        HelpName = "NAME",
    };

    private static readonly Option<string> SiloAddress = new("--silo-address")
    {
        Description = "This machine's address for other silos. Whoever reaches it speaks for the market: loopback, or "
            + "a private network.",
        HelpName = "IP",
        DefaultValueFactory = static _ => "127.0.0.1",
    };

    private static readonly Option<int> SiloPort = new("--silo-port")
    {
        Description = "The port for other silos.",
        HelpName = "PORT",
        DefaultValueFactory = static _ => ClusterMember.DefaultSiloPort,
    };

    private static readonly Option<int> GatewayPort = new("--gateway-port")
    {
        Description = "The port for Orleans' own tools, never for agents; 0 for none.",
        HelpName = "PORT",
        DefaultValueFactory = static _ => ClusterMember.DefaultGatewayPort,
    };

    /// <summary>Adds the options and what must hold of them.</summary>
    /// <param name="command">`market serve`.</param>
    /// <param name="hasDatabase">Whether the store is a PostgreSQL database.</param>
    public static void AddTo(Command command, Func<CommandResult, bool> hasDatabase)
    {
        foreach (var option in (Option[])[Engine, Cluster, SiloAddress, SiloPort, GatewayPort])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result => Validate(result, hasDatabase));
    }

    /// <summary>This silo's place in its cluster; null for a market of one process.</summary>
    /// <param name="arguments">The command line, which was found valid.</param>
    /// <param name="store">The database; null for none.</param>
    public static ClusterMember? Of(ParseResult arguments, StoreAddress? store) =>
        arguments.GetValue(Engine) != Orleans || store is null
            ? null
            : new ClusterMember(arguments.GetValue(Cluster)!, store.ConnectionString)
            {
                Silo = new IPEndPoint(
                    IPAddress.Parse(arguments.GetValue(SiloAddress)!), arguments.GetValue(SiloPort)),
                GatewayPort = arguments.GetValue(GatewayPort),
            };

    private static void Validate(CommandResult result, Func<CommandResult, bool> hasDatabase)
    {
        var isOrleans = result.GetValue(Engine) == Orleans;
        var cluster = result.GetValue(Cluster);
        foreach (var problem in isOrleans ? OfSilo(result, cluster, hasDatabase) : OfOneProcess(result))
        {
            result.AddError(problem);
            return; // the first says most
        }
    }

    private static IEnumerable<string> OfOneProcess(CommandResult result)
    {
        // What is not given is null here; the default comes later and is valid.
        if (result.GetValue(Engine) is { } engine and not Embedded)
        {
            yield return $"--engine is '{engine}'; there are {Embedded} and {Orleans}.";
        }

        foreach (var option in (Option[])[Cluster, SiloAddress, SiloPort, GatewayPort])
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                yield return $"{option.Name} is for a silo; add --engine {Orleans}.";
            }
        }
    }

    private static IEnumerable<string> OfSilo(
        CommandResult result, string? cluster, Func<CommandResult, bool> hasDatabase)
    {
        if (!ClusterEngines.HasOrleans)
        {
            yield return ClusterEngines.HowToBuild;
        }

        if (cluster is null || cluster.Length is 0 or > 100 || !cluster.All(IsOfName))
        {
            yield return "--engine orleans needs --cluster NAME: 1 to 100 letters, digits, '-' and '_'.";
        }

        if (!hasDatabase(result))
        {
            yield return "--engine orleans needs --store postgres://user@host/database, which all silos share.";
        }

        if (result.GetValue(SiloAddress) is { } address
            && (!IPAddress.TryParse(address, out var parsed)
                || parsed.Equals(IPAddress.Any) || parsed.Equals(IPAddress.IPv6Any)))
        {
            yield return $"--silo-address is '{address}'; write the one IP address by which other silos reach this.";
        }

        if (result.GetResult(SiloPort) is { Implicit: false } && result.GetValue(SiloPort) is < 1 or > 65_535)
        {
            yield return "--silo-port must be from 1 to 65535.";
        }

        if (result.GetValue(GatewayPort) is < 0 or > 65_535)
        {
            yield return "--gateway-port must be from 1 to 65535, or 0 for none.";
        }
    }

    private static bool IsOfName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
