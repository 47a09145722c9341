using System.CommandLine;

namespace Market.Silo.Commands.Audit;

/// <summary>`market audit`: verifies or shows a market's store without a server.</summary>
public static class AuditCommand
{
    /// <summary>Exit code where something is wrong with the store.</summary>
    public const int ExitUnsound = 1;

    /// <summary>Exit code where there is nothing to audit, or the command line is wrong.</summary>
    public const int ExitUsage = 2;

    private const int ExitStopped = 130; // as shells report a program that Ctrl+C ended
    private const string DefaultFolder = "./market-data";

    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create() => new(
        "audit",
        "Verify or show a market from its data folder, or its database, alone. A server may be running on it; " +
        "nothing is changed.")
    {
        AuditVerifyCommand.Create(),
        TrialBalanceCommand.Create(),
        AuditShowCommand.Create(),
    };

    internal static Option<string> DataOption() => new("--data")
    {
        Description = "The data folder of a market.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => DefaultFolder,
    };

    internal static Option<bool> JsonOption() => new("--json")
    {
        Description = "Print one JSON object a line instead of tables.",
    };

    /// <summary>What a command line says is to be audited.</summary>
    internal static AuditPlace PlaceOf(ParseResult result, Option<string> data, Option<string?> store) =>
        new(result.GetValue(data)!, StoreArguments.DatabaseOf(result, store));

    /// <summary>Runs what reads a store; that there is none to read is one line and a usage error.</summary>
    internal static int Run(ParseResult result, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (NotAuditableException error)
        {
            result.InvocationConfiguration.Error.WriteLine(error.Message);
            return ExitUsage;
        }
        catch (OperationCanceledException)
        {
            result.InvocationConfiguration.Error.WriteLine("The audit was stopped before its end; it says nothing.");
            return ExitStopped;
        }
    }
}
