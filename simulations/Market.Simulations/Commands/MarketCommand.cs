using System.CommandLine;
using System.Globalization;
using Market.Client;
using Market.Domain.Strategies;
using Market.Silo;
using Market.Silo.Commands;
using Market.Silo.Commands.Demo.Magentic;
using Market.Simulations.Populations;

namespace Market.Simulations.Commands;

/// <summary>`market`: a population of buyers and sellers over time, on the grains of the server.</summary>
internal static class MarketCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var options = new MarketCommandOptions();
        var command = new Command("market", """
            Lets a population of buyers and sellers trade over time, on the very grains of the server or in a market
            that runs already, and reports prices, gains, welfare against the best assignment, first-proposal odds and
            the audit of the books. One seed gives the same needs.csv and market.json.
            """);
        options.AddTo(command);
        CommandExamples.Add(command, """
            Examples:
              market
              market --demand 200 --supply 50 --periods 10 --stock 2 --patience 3 --seed 7
              market --worth "normal(1,0.2)" --floor "uniform(0.5,0.95)" --buyers Boulware --out results/boulware
              market --data-set ./mexican_100_300 --json
              market --url http://127.0.0.1:8080 --demand 20
            """);
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments, options, arguments.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, MarketCommandOptions options, bool isJson, CancellationToken cancellationToken)
    {
        try
        {
            var (plan, url, folder) = options.Read(arguments);
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }

            var output = arguments.InvocationConfiguration.Output;
            var result = await PopulationRun.RunAsync(
                plan,
                url,
                MarkOf(plan),
                isJson ? null : (period, met) => output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"Period {period + 1} of {plan.Arrivals.Periods}: {met} needs met.")),
                cancellationToken).ConfigureAwait(false);
            return Report(arguments, result, folder, isJson);
        }
        catch (Exception error) when (error is MagenticDataException or OutcomeSpaceTooLargeException)
        {
            return Fail(arguments, ExitCodes.Usage, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(arguments, ExitCodes.Usage, $"--out: {error.Message}");
        }
        catch (Exception error) when (error is MarketRefusedException or MarketConnectionException or NoDealException)
        {
            return Fail(arguments, ExitCodes.Failure, error.Message);
        }
        catch (MarketStartException error)
        {
            return Fail(arguments, ExitCodes.Failure, error.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(arguments, ExitCodes.Failure, "Stopped before the end.");
        }
    }

    private static int Report(ParseResult arguments, PopulationResult result, string? folder, bool isJson)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (folder is not null)
        {
            PopulationFiles.Write(folder, result);
        }

        if (isJson)
        {
            output.WriteLine(PopulationFiles.Line(result));
        }
        else
        {
            PopulationText.Write(output, result);
        }

        return result.Audit is null or { IsSound: true }
            ? ExitCodes.Success
            : Fail(arguments, ExitCodes.Failure, $"The audit found errors, first: {result.Audit.Errors[0]}");
    }

    // In a market that others use, a run's agents are its own: also those of the same seed, run again.
    private static string MarkOf(PopulationPlan plan) => string.Create(
        CultureInfo.InvariantCulture, $"run-{plan.Arrivals.Seed:x}-{Guid.CreateVersion7():N}-");

    private static int Fail(ParseResult arguments, int code, string message)
    {
        arguments.InvocationConfiguration.Error.WriteLine($"market: {message.ReplaceLineEndings(" ")}");
        return code;
    }
}
