using System.CommandLine;
using System.CommandLine.Parsing;
using Market.Grains.Journaling;

namespace Market.Silo.Commands;

/// <summary>
/// Where a market's store is, for every command that opens one: `--store`, or the environment's MARKET_STORE, so that a
/// password needs not stand on the command line, where every user of the machine can read it.
/// </summary>
internal static class StoreArguments
{
    /// <summary>The environment's variable.</summary>
    public const string Variable = "MARKET_STORE";

    /// <summary>The option, with its check.</summary>
    public static Option<string?> Option() => new("--store")
    {
        Description =
            "PostgreSQL database of the market: postgres://user@host/database. Without it MARKET_STORE counts, " +
            "and without that a file in the data folder. The keys stay in the data folder.",
        HelpName = "URL",
    };

    /// <summary>Adds the option to a command, and refuses what is no database before the command runs.</summary>
    public static void AddTo(Command command, Option<string?> option)
    {
        command.Options.Add(option);
        command.Validators.Add(result => Validate(result, option));
    }

    /// <summary>The database; null where the store is in the data folder.</summary>
    public static StoreAddress? Of(ParseResult result, Option<string?> option) => Of(result.CommandResult, option);

    /// <summary>The database in the driver's form; null where the store is in the data folder.</summary>
    public static string? DatabaseOf(ParseResult result, Option<string?> option) =>
        Of(result, option)?.ConnectionString;

    /// <summary>The database; null where the store is in the data folder.</summary>
    public static StoreAddress? Of(CommandResult result, Option<string?> option) =>
        TextOf(result, option) is { } text ? StoreAddress.Parse(text) : null;

    /// <summary>Whether a database is named, rightly or not.</summary>
    public static bool IsGiven(CommandResult result, Option<string?> option) => TextOf(result, option) is not null;

    private static string? TextOf(CommandResult result, Option<string?> option) =>
        result.GetResult(option) is { Implicit: false } ? result.GetValue(option)
            : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text
            : null;

    private static void Validate(CommandResult result, Option<string?> option)
    {
        var name = result.GetResult(option) is { Implicit: false } ? "--store" : Variable;
        try
        {
            if (Of(result, option) is { IsPostgres: false })
            {
                result.AddError(
                    $"{name} is a folder; give postgres://user@host/database there, or the folder by --data.");
            }
        }
        catch (StoreAddressException error)
        {
            result.AddError($"{name}: {error.Message}");
        }
    }
}
