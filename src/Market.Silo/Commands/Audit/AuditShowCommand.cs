using System.CommandLine;
using System.Globalization;

namespace Market.Silo.Commands.Audit;

/// <summary>`market audit show`: what a store says about balances, an account, a deal or a negotiation.</summary>
public static class AuditShowCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = AuditCommand.DataOption();
        var store = StoreArguments.Option();
        var json = AuditCommand.JsonOption();
        var account = Named(
            "--account", "NAME|NUMBER",
            "Show what moved on an account, and its balance after it: funds:1:USD, or its number.");
        var deal = Named("--deal", "ID", "Show a deal's life, deal_…: offers, signatures, entries, receipt.");
        var negotiation = Named(
            "--negotiation", "ID", "Show a negotiation's life, neg_…: offers, signatures, entries, receipt.");
        var command = new Command(
            "show",
            "Show all balances; or what moved on one account; or the life of one deal or negotiation.")
        {
            data,
            json,
            account,
            deal,
            negotiation,
        };
        command.Validators.Add(result =>
        {
            if (new[] { account, deal, negotiation }.Count(option => result.GetResult(option) is not null) > 1)
            {
                result.AddError("Give one of --account, --deal and --negotiation, or none of them.");
            }
        });
        StoreArguments.AddTo(command, store);
        command.SetAction(result => AuditCommand.Run(result, () => Show(
            result.InvocationConfiguration,
            AuditCommand.PlaceOf(result, data, store),
            result.GetValue(json),
            result.GetValue(account),
            result.GetValue(deal),
            result.GetValue(negotiation))));
        return command;
    }

    private static int Show(
        InvocationConfiguration streams, AuditPlace place, bool isJson, string? account, string? deal,
        string? negotiation)
    {
        var findings = new AuditFindings();
        var (name, count) = (account, deal, negotiation) switch
        {
            ({ } of, _, _) => ($"account '{of}'", Write(
                streams.Output, isJson, StoreView.Postings(place, of, findings),
                ["entry", "at", "event", "movement", "debit", "credit", "amount", "balance", "held"],
                static line =>
                [
                    Text(line.Entry), line.At, line.Event, line.Movement, line.Debit, line.Credit, Text(line.Amount),
                    line.Balance, line.Held,
                ])),
            (_, { } of, _) => (
                $"deal '{of}'",
                WriteRows(streams.Output, isJson, DealView.OfDeal(place, of, findings))),
            (_, _, { } of) => (
                $"negotiation '{of}'",
                WriteRows(streams.Output, isJson, DealView.OfNegotiation(place, of, findings))),
            _ => ("", Write(
                streams.Output, isJson, StoreView.Balances(place, findings),
                ["account", "posted", "pending", "available"],
                static line => [line.Account, Text(line.Posted), Text(line.Pending), Text(line.Available)])),
        };
        if (findings.Count > 0)
        {
            streams.Error.WriteLine("The store is not sound, so this may not be so: run `market audit verify`.");
            return AuditCommand.ExitUnsound;
        }

        if (count > 0 || name.Length == 0)
        {
            return 0;
        }

        streams.Error.WriteLine(
            $"The store has nothing of the {name}; names are spelled as `market audit show` shows them.");
        return AuditCommand.ExitUsage;
    }

    private static int WriteRows(TextWriter output, bool isJson, IReadOnlyList<RowLine> lines) => Write(
        output, isJson, lines, ["position", "stream", "version", "at", "event", "content", "offer hash", "signature"],
        static line =>
        [
            Text(line.Position), Text(line.Stream), Text(line.Version), line.At, line.Event, line.Content,
            line.Hash ?? "", line.Signature ?? "",
        ]);

    private static int Write<T>(
        TextWriter output, bool isJson, IReadOnlyList<T> lines, string[] columns, Func<T, string[]> cells)
    {
        if (isJson)
        {
            foreach (var line in lines)
            {
                output.WriteLine(AuditJson.OfRow(line));
            }
        }
        else if (lines.Count > 0)
        {
            var table = AuditConsole.NewTable(columns);
            foreach (var line in lines)
            {
                table.Add(cells(line));
            }

            AuditConsole.Over(output).Write(table);
        }

        return lines.Count;
    }

    private static Option<string?> Named(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
