using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Commands.Doctor;

/// <summary>`market doctor`: looks at everything that a market needs, and says what to do where something is not well.
/// </summary>
internal static class DoctorCommand
{
    private static readonly Option<string> Data = AuditCommand.DataOption();
    private static readonly Option<string?> Store = StoreArguments.Option();
    private static readonly Option<bool> Json = AuditCommand.JsonOption();

    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "Where the market listens, or shall; https:// with TLS.",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [$"http://127.0.0.1:{MarketSiloOptions.DefaultPort}"],
    };

    private const string Examples = """
        Examples:
          market doctor                                   the market in ./market-data, running or not
          market doctor --store postgres://market@db.example/market --data /srv/market-keys
          market doctor --data /srv/market --urls https://0.0.0.0:443 --json
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "doctor",
            "Check the store, the keys, the clock, the ports, this machine's limits and the runtime. Nothing is " +
            "changed; a market may be running. Exit code 0: nothing is in the way; 1: something is.")
        {
            Data, Urls, Json,
        };
        StoreArguments.AddTo(command, Store);
        command.Validators.Add(Validate);
        command.SetAction(RunAsync);
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static void Validate(CommandResult result)
    {
        foreach (var url in result.GetValue(Urls) ?? [])
        {
            if (!ListenAddress.TryParse(url, IsHttps(url), out _, out var error))
            {
                result.AddError($"--urls: {error}");
            }
        }
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var report = new DoctorReport(arguments.InvocationConfiguration.Output, arguments.GetValue(Json));
        var folder = Path.GetFullPath(arguments.GetValue(Data)!);
        var facts = MachineFacts.Read();
        var store = StoreArguments.Of(arguments, Store) is { } address
            ? await PostgresCheck.RunAsync(address, cancellationToken).ConfigureAwait(false)
            : StoreCheck.Run(folder);
        report.Add(store.Findings);
        report.Add(KeysCheck.Run(folder, store));
        report.Add(ClockCheck.Run(
            await ClockFacts.ReadAsync(folder, store.LastEventAt, cancellationToken).ConfigureAwait(false)));
        foreach (var url in arguments.GetValue(Urls)!)
        {
            report.Add(await PortCheck.RunAsync(EndpointOf(url), IsHttps(url), store.Market, cancellationToken)
                .ConfigureAwait(false));
        }

        report.Add(LimitsCheck.Run(facts));
        report.Add(RuntimeCheck.Run(facts));
        return report.End();
    }

    private static bool IsHttps(string url) => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private static IPEndPoint EndpointOf(string url) =>
        ListenAddress.TryParse(url, IsHttps(url), out var endpoint, out var error)
            ? endpoint
            : throw new MarketStartException(error!);
}
