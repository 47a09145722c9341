using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Market.Client;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.House;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Silo.Commands.Demo;

/// <summary>
/// `market demo`: starts a market, and lets agents trade in it over real connections until all are done.
/// </summary>
internal static class DemoCommand
{
    private const string Talks = "talks";
    private const string Tender = "tender";

    private static readonly Option<string?> DataSet = new("--data-set")
    {
        Description = "Folder of a Magentic data set, with 'customers' and 'businesses'; else a market of our own.",
        HelpName = "DIR",
    };

    private static readonly Option<string> By = new("--by")
    {
        Description = "How customers of a data set buy: 'talks', or 'tender' for sealed quotes first, then talks.",
        HelpName = "WAY",
        DefaultValueFactory = static _ => Talks,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "What a market of our own is made from; the same seed gives the same deals.",
        HelpName = "N",
        DefaultValueFactory = static _ => 1,
        CustomParser = ParseSeed,
    };

    private static readonly Option<string?> Buyers = new("--buyers")
    {
        Description = "The buyers' strategy, such as negmas:Boulware.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Sellers = new("--sellers")
    {
        Description = "The sellers' strategy.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Keep the market's data in this folder, new or empty. Without it they are deleted at the end.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Store = new("--store")
    {
        Description =
            "Empty PostgreSQL database for the market's entries, which stay there: postgres://user@host/database. " +
            "Without it MARKET_STORE counts. The keys are in the data folder.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object, with every deal, instead of text.",
    };

    private const string Examples = """
        Examples:
          market demo                                   24 buyers and 21 sellers negotiate price, delivery and warranty
          market demo --seed 7 --buyers Boulware        another market, in which buyers concede late
          market demo --data-set ./mexican_100_300 --json
          market demo --data-set ./mexican_100_300 --by tender
          market demo --data ./demo-data                keeps the store, for: market audit show --data ./demo-data
          market demo --data ./demo-keys --store postgres://market@127.0.0.1/demo
        """;

    /// <summary>The command for the program's list.</summary>
    public static Command Create()
    {
        var command = new Command(
            "demo", "Start a market, let agents trade over real connections, show the deals and verify the books.")
        {
            DataSet, By, Seed, Buyers, Sellers, Data, Json,
        };
        command.Validators.Add(Validate);
        StoreArguments.AddTo(command, Store);
        command.SetAction(RunAsync);
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static void Validate(CommandResult result)
    {
        if (result.GetValue(By) is { } way and not (Talks or Tender))
        {
            result.AddError($"{By.Name} is '{way}'; write '{Talks}' or '{Tender}'.");
        }
        else if (result.GetValue(By) == Tender && result.GetValue(DataSet) is null)
        {
            result.AddError($"{By.Name} {Tender} needs {DataSet.Name}.");
        }

        CheckStrategy(result, Buyers);
        CheckStrategy(result, Sellers);
    }

    private static void CheckStrategy(CommandResult result, Option<string?> option)
    {
        try
        {
            PresetOf(result.GetValue(option));
        }
        catch (UnknownStrategyException unknown)
        {
            result.AddError($"{option.Name}: {unknown.Message}");
        }
    }

    private static ulong ParseSeed(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            result.AddError($"--seed is '{text}'; write a whole number from 0 to {ulong.MaxValue}.");
        }

        return seed;
    }

    private static TimeDependentPreset? PresetOf(string? name) =>
        name is null ? null : StrategyCatalog.FindTimeDependent(name);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = new DemoPlace(arguments.GetValue(Data), StoreArguments.Of(arguments, Store));
        if (await place.WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } reason)
        {
            return Fail(arguments, ExitCodes.Usage, reason);
        }

        using var termination = new Termination();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = termination.Requested.ContinueWith(
            _ => stop.Cancel(), stop.Token, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            return await (arguments.GetValue(DataSet) is { } folder
                ? RunMagenticAsync(arguments, folder, place, stop.Token)
                : RunHouseAsync(arguments, place, stop.Token)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is MagenticDataException or OutcomeSpaceTooLargeException)
        {
            return Fail(arguments, ExitCodes.Usage, error.Message);
        }
        catch (Exception error) when (error is MarketRefusedException or MarketConnectionException or NoDealException)
        {
            return Fail(arguments, ExitCodes.Failure, error.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Fail(arguments, ExitCodes.Failure, "Stopped before the end.");
        }
    }

    private static async Task<int> RunMagenticAsync(
        ParseResult arguments, string folder, DemoPlace place, CancellationToken stopping)
    {
        var market = MagenticMarket.Load(folder);
        var demo = new MagenticDemo(
            market,
            PresetOf(arguments.GetValue(Buyers)) ?? TimeDependentPreset.Linear,
            PresetOf(arguments.GetValue(Sellers)) ?? TimeDependentPreset.Linear,
            byTender: arguments.GetValue(By) == Tender);
        var outcome = await ShowAsync(
            arguments,
            demo.Progress,
            () => demo.RunAsync(place, arguments.GetValue(Seed), stopping)).ConfigureAwait(false);
        var code = Report(
            arguments,
            outcome,
            static deal => new
            {
                Customer = deal.Customer.Value,
                Business = deal.Business.Value,
                Menu = DemoJson.Dollars(deal.MenuCents),
                Floor = DemoJson.Dollars(deal.FloorCents),
                Limit = DemoJson.Dollars(deal.LimitCents),
                Paid = DemoJson.Dollars(deal.PaidCents),
            },
            ["customer", "business", "rounds", "menu"],
            static deal =>
                [$"{deal.Customer}", $"{deal.Business}", $"{deal.Rounds}", DemoText.DollarsOf(deal.MenuCents)]);
        if (!arguments.GetValue(Json))
        {
            arguments.InvocationConfiguration.Output.WriteLine(
                "Buying at the cheapest matching posted prices would have given the customers "
                + $"{DemoText.DollarsOf(market.PostedOptimumCents)} USD.");
        }

        return code;
    }

    private static async Task<int> RunHouseAsync(ParseResult arguments, DemoPlace place, CancellationToken stopping)
    {
        var demo = new HouseDemo(HouseDemo.With(
            HouseMarket.Generate(arguments.GetValue(Seed)),
            PresetOf(arguments.GetValue(Buyers)),
            PresetOf(arguments.GetValue(Sellers))));
        var outcome = await ShowAsync(
            arguments, demo.Progress, () => demo.RunAsync(place, stopping)).ConfigureAwait(false);
        return Report(
            arguments,
            outcome,
            static deal => new
            {
                deal.Buyer,
                deal.Seller,
                Item = deal.Category.Name,
                Terms = deal.TermsText,
                deal.Rounds,
                Floor = DemoJson.Dollars(deal.FloorCents),
                Limit = DemoJson.Dollars(deal.LimitCents),
                Paid = DemoJson.Dollars(deal.PaidCents),
            },
            ["item", "buyer", "seller", "terms", "rounds"],
            static deal =>
            [
                deal.Category.Name,
                HouseAgentProfile.ShortNameOf(deal.Buyer),
                HouseAgentProfile.ShortNameOf(deal.Seller),
                deal.TermsText,
                $"{deal.Rounds}",
            ]);
    }

    private static Task<T> ShowAsync<T>(ParseResult arguments, DemoProgress progress, Func<Task<T>> run) =>
        arguments.GetValue(Json)
            ? run()
            : DemoDisplay.ShowAsync(arguments.InvocationConfiguration.Output, progress, run);

    private static int Report<T>(
        ParseResult arguments,
        DemoOutcome<T> outcome,
        Func<T, object> dealOf,
        string[] headings,
        Func<T, string[]> describe)
        where T : IDemoDeal
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(DemoJson.Of(outcome, dealOf));
        }
        else
        {
            DemoReport.Write(output, outcome, headings, describe);
        }

        return outcome.Audit.IsSound
            ? ExitCodes.Success
            : Fail(arguments, ExitCodes.Failure, $"The audit found errors, first: {outcome.Audit.Errors[0]}");
    }

    private static int Fail(ParseResult arguments, int code, string message)
    {
        arguments.InvocationConfiguration.Error.WriteLine($"market: {message.ReplaceLineEndings(" ")}");
        return code;
    }
}
