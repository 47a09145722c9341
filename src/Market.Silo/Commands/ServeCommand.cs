using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Market.Domain;
using Market.Grains.Journaling;
using Market.Silo.Clustering;

namespace Market.Silo.Commands;

/// <summary>`market serve`: serves a market until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string DefaultFolder = "./market-data";

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the market's data and keys; made if it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => DefaultFolder,
    };

    private static readonly Option<string?> Store = StoreArguments.Option();

    private static readonly Option<bool> Memory = new("--memory")
    {
        Description = "Keep everything in memory; it is gone when the program ends.",
    };

    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "Where to listen, separated by spaces; port 0 takes a free port.",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static result =>
            [$"{(HttpsArguments.IsHttps(result) ? "https" : "http")}://127.0.0.1:{MarketSiloOptions.DefaultPort}"],
    };

    private static readonly Option<bool> AllowRemote = new("--allow-remote")
    {
        Description = "Serve other machines, directly or through a proxy. Add --https, or let a proxy do so.",
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "What people call the market.",
        HelpName = "NAME",
        DefaultValueFactory = static _ => "market",
    };

    private static readonly Option<int> FeeBasisPoints = new("--fee-bps")
    {
        Description = "The market's fee on each deal in basis points (1/100 percent), 0 to 10000.",
        HelpName = "N",
        DefaultValueFactory = static _ => 100,
        CustomParser = ParseFee,
    };

    private static readonly Option<string?> StartingBalance = new("--starting-balance")
    {
        Description = "US dollars deposited to each new buyer, such as 1000.00. Without it buyers start with nothing.",
        HelpName = "AMOUNT",
    };

    private static readonly Option<string?> Checkpoints = new("--checkpoints")
    {
        Description = "File for signed checkpoints of the book, best on another disk than the data. "
            + "Without it: keys/checkpoints.jsonl in the data folder.",
        HelpName = "FILE",
    };

    private static readonly Option<int> CheckpointEvery = new("--checkpoint-every")
    {
        Description = "Write a checkpoint after so many entries of the book, and one at the end.",
        HelpName = "N",
        DefaultValueFactory = static _ => new MarketSiloOptions().CheckpointEvery,
    };

    private static readonly Option<string?> Admission = new("--admission")
    {
        Description = "YAML or JSON file that says whom the market admits; see SECURITY.md for its keys.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Limit = new("--limit")
    {
        Description = "Set a limit; may be given often. `--limit help` lists them with their defaults.",
        HelpName = "NAME=VALUE",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object a line instead of text.",
    };

    private const string Examples = """
        Examples:
          market serve                                        data in ./market-data, http://127.0.0.1:7420
          market serve --memory --starting-balance 1000.00   to try things out; buyers start with 1000.00 USD
          market serve --data /srv/market --urls http://127.0.0.1:8080 http://[::1]:8080
          market serve --https --urls https://0.0.0.0:7420 --allow-remote --host market.example \
            --certificate fullchain.pem --certificate-key privkey.pem
          market serve --checkpoints /mnt/other/book.jsonl   what was published is safe from the data's disk
          market serve --store postgres://market@db.example/market --data /srv/market-keys
          MARKET_STORE=postgres://market:secret@db.example/market market serve
          market serve --limit connections=500 --limit rounds=50
          market serve --engine orleans --cluster main --store postgres://market@db/market   one silo of many
          market serve --urls http://127.0.0.1:0 --json       a free port; the ready line names it
        """;

    /// <summary>The command for the program's list.</summary>
    public static Command Create()
    {
        var command = new Command("serve", "Serve a market to agents, until Ctrl+C or SIGTERM.")
        {
            Data, Memory, Urls, AllowRemote, Name, FeeBasisPoints, StartingBalance, Checkpoints, CheckpointEvery,
            Limit, Admission, Json,
        };
        StoreArguments.AddTo(command, Store);
        ClusterArguments.AddTo(command, static result => StoreArguments.IsGiven(result, Store));
        HttpsArguments.AddTo(command);
        command.Validators.Add(Validate);
        command.SetAction(RunAsync);
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static void Validate(CommandResult result)
    {
        // What is not given is null or zero here; the defaults come later and are valid.
        if (result.GetValue(Memory) && result.GetResult(Data) is { Implicit: false })
        {
            result.AddError("--memory and --data exclude each other; give one of them.");
        }

        if (result.GetValue(Memory) && result.GetResult(Store) is { Implicit: false })
        {
            result.AddError("--memory and --store exclude each other; give one of them.");
        }

        if (result.GetValue(Memory) && result.GetResult(Checkpoints) is { Implicit: false })
        {
            result.AddError("--memory and --checkpoints exclude each other; give one of them.");
        }

        if (result.GetResult(CheckpointEvery) is { Implicit: false, Errors: var wrong } && !wrong.Any()
            && result.GetValue(CheckpointEvery) < 1)
        {
            result.AddError("--checkpoint-every must be 1 or more.");
        }

        if (result.GetValue(Name) is { } name && !Names.IsValid(name))
        {
            result.AddError($"--name must have 1 to {MarketLimits.NameLengthMax} printable characters.");
        }

        if (result.GetValue(StartingBalance) is { } amount && ParseBalance(amount) is null)
        {
            result.AddError($"--starting-balance is '{amount}'; write an amount above zero such as 1000.00.");
        }

        if (result.GetValue(Limit) is { Length: > 0 } limits && !LimitHelp.IsAsked(limits)
            && OperatorLimits.Parse(limits).Error is { } wrongLimit)
        {
            result.AddError($"--limit: {wrongLimit}");
        }

        foreach (var url in result.GetValue(Urls) ?? [])
        {
            if (!ListenAddress.TryParse(url, HttpsArguments.IsHttps(result), out var endpoint, out var error))
            {
                result.AddError($"--urls: {error}");
            }
            else if (!IPAddress.IsLoopback(endpoint.Address) && !result.GetValue(AllowRemote))
            {
                result.AddError(
                    $"--urls: others reach {url}; add --allow-remote if that is meant, or listen on 127.0.0.1.");
            }
        }
    }

    private static int ParseFee(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var fee) || fee > 10_000)
        {
            result.AddError($"--fee-bps is '{text}'; write a whole number from 0 to 10000.");
        }

        return fee;
    }

    private static Money? ParseBalance(string text)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var amount)
            || amount <= 0 || amount > MarketLimits.AmountMax / 100m || decimal.Round(amount, 2) != amount)
        {
            return null;
        }

        return Money.FromMajor(amount, Currency.Usd);
    }

    private static MarketSiloOptions OptionsOf(ParseResult arguments) => new()
    {
        DataFolder = arguments.GetValue(Memory) ? null : Path.GetFullPath(arguments.GetValue(Data)!),
        Store = arguments.GetValue(Memory) ? null : StoreArguments.Of(arguments, Store),
        Cluster = ClusterArguments.Of(arguments, StoreArguments.Of(arguments, Store)),
        Endpoints = [.. arguments.GetValue(Urls)!.Select(url => EndpointOf(url, arguments))],
        Https = HttpsArguments.Of(arguments),
        Hosts = HttpsArguments.HostsOf(arguments),
        AllowRemote = arguments.GetValue(AllowRemote),
        Name = arguments.GetValue(Name)!,
        FeeBasisPoints = arguments.GetValue(FeeBasisPoints),
        Admission = arguments.GetValue(Admission) is { } admission ? AdmissionFile.Read(admission) : null,
        CheckpointFile = arguments.GetValue(Checkpoints) is { } file ? Path.GetFullPath(file) : null,
        CheckpointEvery = arguments.GetValue(CheckpointEvery),
        Limits = OperatorLimits.Parse(arguments.GetValue(Limit) ?? []).Limits!,
        StartingBalance = arguments.GetValue(StartingBalance) is { } amount ? ParseBalance(amount) : null,
    };

    private static IPEndPoint EndpointOf(string url, ParseResult arguments) =>
        ListenAddress.TryParse(url, HttpsArguments.IsHttps(arguments.CommandResult), out var endpoint, out var error)
            ? endpoint
            : throw new MarketStartException(error!);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (LimitHelp.IsAsked(arguments.GetValue(Limit) ?? []))
        {
            LimitHelp.Write(arguments.InvocationConfiguration.Output);
            return ExitCodes.Success;
        }

        using var termination = new Termination();
        var options = OptionsOf(arguments);
        var report = new ServeReport(arguments.InvocationConfiguration.Output, arguments.GetValue(Json));
        var host = await MarketHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            report.Ready(host, options);
            await Task.WhenAny(termination.Requested, host.StoreLost).WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            if (host.StoreLost is { IsCompleted: true, Result: StoreEndedException ended })
            {
                // Nothing of it can be written any more, so there is nothing to stop in good order.
                SiloEnd.Now(ended.Message);
            }

            await host.StopAsync().ConfigureAwait(false);
            if (!termination.Requested.IsCompleted)
            {
                throw await host.StoreLost.ConfigureAwait(false);
            }
        }

        report.Stopped();
        return ExitCodes.Success;
    }
}
