using System.CommandLine;
using System.Globalization;

namespace Market.Silo.Commands.Audit;

/// <summary>`market audit trial-balance`: whether the book adds up, asset by asset.</summary>
internal static class TrialBalanceCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = AuditCommand.DataOption();
        var store = StoreArguments.Option();
        var json = AuditCommand.JsonOption();
        var command = new Command(
            "trial-balance",
            "Add up every asset over all accounts, from the entries alone. In a sound book debits and credits are " +
            "equal, posted and pending. Exit code 0: they are; 1: not, or the store is not sound; 2: nothing to audit.")
        {
            data, json,
        };
        StoreArguments.AddTo(command, store);
        command.SetAction(result => AuditCommand.Run(
            result,
            () => Show(
                result.InvocationConfiguration, AuditCommand.PlaceOf(result, data, store), result.GetValue(json))));
        return command;
    }

    private static int Show(InvocationConfiguration streams, AuditPlace place, bool isJson)
    {
        var findings = new AuditFindings();
        var balance = StoreView.TrialBalance(place, findings);
        if (isJson)
        {
            streams.Output.WriteLine(AuditJson.OfRow(balance));
        }
        else
        {
            Write(streams.Output, balance);
        }

        if (findings.Count > 0)
        {
            streams.Error.WriteLine("The store is not sound, so this may not be so: run `market audit verify`.");
        }

        return balance.IsZero && findings.Count == 0 ? 0 : AuditCommand.ExitUnsound;
    }

    private static void Write(TextWriter output, TrialBalanceView balance)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"As of entry {balance.AsOfEntry}, {balance.At}, in minor units and units:"));
        var table = AuditConsole.NewTable(
            "asset", "accounts", "debits", "credits", "difference", "pending debits", "pending credits");
        foreach (var line in balance.Assets)
        {
            table.Add(
                line.Asset, Text(line.Accounts), Text(line.Debits), Text(line.Credits), Text(line.Difference),
                Text(line.DebitsPending), Text(line.CreditsPending));
        }

        AuditConsole.Over(output).Write(table);
        output.WriteLine(balance.IsZero ? "Every asset adds up." : "NOT every asset adds up.");
    }

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
