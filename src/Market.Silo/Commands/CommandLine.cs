using System.CommandLine;
using System.CommandLine.Parsing;
using Market.Grains.Journaling;
using Market.Silo.Keys;
using Market.Silo.Operations;

namespace Market.Silo.Commands;

/// <summary>Runs one command line; whatever is wrong is one line on standard error and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        CommandExamples.ShowIn(root);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
        {
            // A word that nobody knows says more than what is missing because of it.
            var error = parsed.Errors.FirstOrDefault(
                static one => one.Message.StartsWith("Unrecognized", StringComparison.Ordinal))
                ?? parsed.Errors[0];
            return Fail(ExitCodes.Usage, $"{error.Message} See: market {NameOf(parsed)}--help");
        }

        try
        {
            // Commands handle signals themselves: they drain.
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception error) when (error is MarketStartException or StoreException or MarketKeysException)
        {
            return Fail(ExitCodes.Failure, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.Failure, $"The files cannot be used: {error.Message}");
        }
    }

    private static string NameOf(ParseResult parsed)
    {
        var name = string.Empty;
        for (var at = parsed.CommandResult; at.Command is not RootCommand; at = (CommandResult)at.Parent!)
        {
            name = $"{at.Command.Name} {name}";
        }

        return name;
    }

    /// <summary>Says in one line on standard error why the program ends.</summary>
    public static void Say(string message) =>
        Console.Error.WriteLine("market: " + LogText.Escape(message.ReplaceLineEndings(" ").Trim()));

    private static int Fail(int code, string message)
    {
        Say(message);
        return code;
    }
}
