using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;
using Market.Silo.Keys;
using Spectre.Console;

namespace Market.Silo.Commands.Store;

/// <summary>
/// `market store copy`: a market that outgrew its folder goes on in PostgreSQL, or the other way round, with the same
/// entries at the same positions.
/// </summary>
internal static class StoreCopyCommand
{
    private static readonly Option<string> From = AddressOption("--from", "Store of the market: its data folder, or");
    private static readonly Option<string> To = AddressOption("--to", "Where it goes: an empty folder, or an empty");
    private static readonly Option<bool> Json = AuditCommand.JsonOption();

    private static readonly Option<string?> Data = new("--data")
    {
        Description =
            "Data folder whose keys the market has, to seal anew what agents left in confidence. Without it the " +
            "folder that is copied from or to.",
        HelpName = "DIR",
    };

    private const string Examples = """
        Examples:
          market store copy --from ./market-data --to postgres://market@db.example/market
          market store copy --from postgres://market@db.example/market --to ./market-copy --json
        The password may stand in the address (postgres://user:password@…) or in the variable PGPASSWORD.
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "copy",
            "Copy a market's entries, with their positions and streams, into an empty store of any kind, and compare " +
            "both sides. No market may run on either. Exit code 0: copied, and both are the same; 1: a store cannot " +
            "be used, is in use or not empty; 2: an address is wrong.")
        {
            From, To, Data, Json,
        };
        command.Validators.Add(static result => Validate(result, From));
        command.Validators.Add(static result => Validate(result, To));
        command.SetAction(RunAsync);
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static Option<string> AddressOption(string name, string description) => new(name)
    {
        Description = $"{description} PostgreSQL database as postgres://user@host/database.",
        HelpName = "FOLDER|URL",
        Required = true,
    };

    private static void Validate(CommandResult result, Option<string> option)
    {
        try
        {
            if (result.GetValue(option) is { } text)
            {
                StoreAddress.Parse(text);
            }
        }
        catch (StoreAddressException error)
        {
            result.AddError($"{option.Name}: {error.Message}");
        }
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var streams = arguments.InvocationConfiguration;
        var from = StoreAddress.Parse(arguments.GetValue(From)!);
        var to = StoreAddress.Parse(arguments.GetValue(To)!);
        var watch = Stopwatch.StartNew();
        var copied = await CopyAsync(streams.Error, from, to, cancellationToken).ConfigureAwait(false);
        var data = arguments.GetValue(Data)
            ?? (from.IsPostgres ? to.IsPostgres ? "." : to.Folder : from.Folder);
        var records = PrivateTableCopy.Run(from, to, data);
        if (records is null)
        {
            streams.Error.WriteLine(
                $"market: '{data}' has no keys, so what agents left in confidence was not copied: name the market's " +
                "data folder by --data.");
        }

        Write(streams.Output, from, to, copied, records, watch.Elapsed, arguments.GetValue(Json));
        return ExitCodes.Success;
    }

    private static Task<StoreCopyResult> CopyAsync(
        TextWriter errors, StoreAddress from, StoreAddress to, CancellationToken cancellationToken)
    {
        if (!AuditConsole.IsTerminal(errors))
        {
            return StoreCopy.RunAsync(from, to, null, cancellationToken);
        }

        return AuditConsole.Over(errors).Progress().AutoClear(true).StartAsync(context =>
        {
            var copying = context.AddTask("Entries copied");
            var verifying = context.AddTask("Entries compared");
            return StoreCopy.RunAsync(
                from,
                to,
                (copied, verified, total) =>
                {
                    copying.MaxValue = verifying.MaxValue = Math.Max(1, total);
                    (copying.Value, verifying.Value) = (copied, verified);
                },
                cancellationToken);
        });
    }

    private static void Write(
        TextWriter output, StoreAddress from, StoreAddress to, StoreCopyResult copied, int? records, TimeSpan elapsed,
        bool isJson)
    {
        var audit = to.IsPostgres ? $"market audit verify --store '{to}'" : $"market audit verify --data '{to}'";
        var serve = to.IsPostgres ? $"market serve --store '{to}'" : $"market serve --data '{to}'";
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                market = copied.Market.Value,
                from = from.Text,
                to = to.Text,
                entries = copied.Entries,
                streams = copied.Streams,
                privateRecords = records,
                same = true,
                seconds = Math.Round(elapsed.TotalSeconds, 3),
                next = new[] { audit, serve },
            }));
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Market {copied.Market.Value}: {copied.Entries:N0} entries of {copied.Streams:N0} streams copied to " +
            $"'{to}' in {elapsed.TotalSeconds:N1} s, and compared: both sides are the same."));
        output.WriteLine(
            $"Next: {audit}; then {serve}, with the data folder whose keys the market has. The old store is as it " +
            "was; do not serve both.");
    }
}
