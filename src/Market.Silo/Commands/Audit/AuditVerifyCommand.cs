using System.CommandLine;

namespace Market.Silo.Commands.Audit;

/// <summary>`market audit verify`: computes a whole store again and names the first bad row.</summary>
public static class AuditVerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = AuditCommand.DataOption();
        var store = StoreArguments.Option();
        var json = AuditCommand.JsonOption();
        var noSignatures = new Option<bool>("--no-signatures")
        {
            Description = "Do not verify signatures, which takes most of the time of a large store.",
        };
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "What was published of the book. Without it: keys/checkpoints.jsonl, if it is there.",
            HelpName = "FILE",
        };
        var command = new Command(
            "verify",
            "Check the file, every row's hash, the ledger's chain, every balance, deal and signature. " +
            "Exit code 0: sound; 1: not, and the first bad row is named; 2: nothing to audit.")
        {
            data,
            json,
            noSignatures,
            checkpoints,
        };
        StoreArguments.AddTo(command, store);
        command.SetAction((result, cancellationToken) => Task.FromResult(AuditCommand.Run(
            result,
            () => Verify(
                result, AuditCommand.PlaceOf(result, data, store), result.GetValue(json),
                !result.GetValue(noSignatures), result.GetValue(checkpoints), cancellationToken))));
        return command;
    }

    private static int Verify(
        ParseResult result, AuditPlace place, bool isJson, bool verifySignatures, string? checkpoints,
        CancellationToken cancellationToken)
    {
        var output = result.InvocationConfiguration.Output;
        var report = AuditProgressBar.Run(
            result.InvocationConfiguration.Error,
            progress => OfflineAudit.Verify(place, progress, verifySignatures, checkpoints, cancellationToken));
        if (isJson)
        {
            output.WriteLine(AuditJson.Of(report));
        }
        else
        {
            AuditTables.Write(output, report);
        }

        if (report.IsSound)
        {
            return 0;
        }

        result.InvocationConfiguration.Error.WriteLine(
            $"First of {report.ErrorCount} errors: {report.Errors[0].ToString().ReplaceLineEndings(" ")}");
        return AuditCommand.ExitUnsound;
    }
}
