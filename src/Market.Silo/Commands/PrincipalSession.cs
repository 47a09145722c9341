using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Market.Client;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Silo.Commands.Approvals;
using Market.Silo.Operations;

namespace Market.Silo.Commands;

/// <summary>
/// What every command of a principal's has: a market, the file of the principal's own key, and a form of output.
/// </summary>
internal sealed class PrincipalSession
{
    private static readonly Option<string> ServerOption = new("--server")
    {
        Description = "The market's address.",
        DefaultValueFactory = static _ => "http://127.0.0.1:7420",
        HelpName = "URL",
        Recursive = true,
    };

    private static readonly Option<string> KeyOption = new("--key")
    {
        Description = "The file of your own key, PEM; never an agent's.",
        Required = true,
        HelpName = "FILE",
        Recursive = true,
    };

    private static readonly Option<bool> JsonOption = new("--json")
    {
        Description = "Print one JSON object a line instead of text.",
        Recursive = true,
    };

    private static readonly Option<string?> TrustOption = new("--trust")
    {
        Description = "The market's certificate where this machine does not trust it: sha256:… as `market serve` "
            + "prints it, or a PEM file.",
        HelpName = "PIN|FILE",
        Recursive = true,
    };

    private PrincipalSession(
        Uri server, string keyFile, TrustedCertificate? trusted, bool isJson, TextWriter output) =>
        (Server, KeyFile, Options, IsJson, Output) =
        (server, keyFile, new MarketClientOptions { TrustedCertificate = trusted }, isJson, output);

    /// <summary>How to connect.</summary>
    public MarketClientOptions Options { get; }

    /// <summary>The market's address.</summary>
    public Uri Server { get; }

    /// <summary>The file of the principal's own key.</summary>
    public string KeyFile { get; }

    /// <summary>Whether output is JSON.</summary>
    public bool IsJson { get; }

    /// <summary>Where output goes.</summary>
    public TextWriter Output { get; }

    /// <summary>Adds what every such command takes, to it or to the command above several.</summary>
    public static void AddOptions(Command command)
    {
        command.Add(ServerOption);
        command.Add(KeyOption);
        command.Add(TrustOption);
        command.Add(JsonOption);
    }

    /// <summary>Runs one; whatever is wrong is one line on standard error and an exit code.</summary>
    public static async Task<int> RunAsync(
        ParseResult arguments,
        Func<ParseResult, PrincipalSession, CancellationToken, Task> action,
        CancellationToken stop)
    {
        var streams = arguments.InvocationConfiguration;
        try
        {
            var session = new PrincipalSession(
                Uri.TryCreate(arguments.GetValue(ServerOption), UriKind.Absolute, out var server)
                    ? server
                    : throw new FormatException($"--server is '{arguments.GetValue(ServerOption)}', which is no URL."),
                arguments.GetValue(KeyOption)!,
                TrustedOf(arguments.GetValue(TrustOption)),
                arguments.GetValue(JsonOption),
                streams.Output);
            await action(arguments, session, stop).ConfigureAwait(false);
            return ExitCodes.Success;
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            return Fail(streams.Error, ExitCodes.Usage, error.Message);
        }
        catch (Exception error) when (
            error is MarketConnectionException or CryptographicException or MarketRefusedException or AgentKeyException
                or ApprovalMismatchException or IOException or UnauthorizedAccessException)
        {
            return Fail(streams.Error, ExitCodes.Failure, error.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Success; // Ctrl+C ends a watch
        }
    }

    /// <summary>Connects with the principal's own key.</summary>
    public async Task<PrincipalClient> ConnectAsync(CancellationToken stop)
    {
        if (!File.Exists(KeyFile))
        {
            throw new FileNotFoundException($"There is no key file '{KeyFile}'; `market approvals enrol` makes one.");
        }

        var key = AgentKey.Load(KeyFile);
        return await PrincipalClient.ConnectAsync(Server, key, Options, stop).ConfigureAwait(false);
    }

    /// <summary>Prints an approval.</summary>
    public void Write(ApprovalRecord approval, bool isLong) => Output.WriteLine(
        IsJson ? ApprovalText.Json(approval) : isLong ? ApprovalText.Long(approval) : ApprovalText.Line(approval));

    /// <summary>Prints that a key is enrolled.</summary>
    public void Write(EnrolledPrincipal principal) => Output.WriteLine(
        IsJson
            ? JsonSerializer.Serialize(new
            {
                principal = principal.Number.Value,
                handle = principal.Handle,
                revision = principal.Revision,
            })
            : $"{principal.Handle} ({principal.Number}) has its own key now, number {principal.Revision}.");

    private static TrustedCertificate? TrustedOf(string? text) => text switch
    {
        null => null,
        _ when text.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase) =>
            TrustedCertificate.WithFingerprint(text),
        _ => TrustedCertificate.FromFile(text),
    };

    private static int Fail(TextWriter error, int code, string message)
    {
        error.WriteLine("market: " + LogText.Escape(message.ReplaceLineEndings(" ").Trim()));
        return code;
    }
}
