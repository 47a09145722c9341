using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Market.Client;
using Market.Domain;

namespace Market.Silo.Commands.Receipts;

/// <summary>
/// `market receipt`: what anybody can do with a receipt and the market's public key, without the market.
/// </summary>
internal static class ReceiptCommand
{
    private static readonly Argument<string> Receipt = new("file")
    {
        Description = "The receipt: a file that the client library's ReceiptFile.Save wrote.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Keys = new("--key")
    {
        Description = "A public key of the market, PEM; give the old ones too.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Deal = new("--deal")
    {
        Description = "The deal that it must be of, deal_… .",
        HelpName = "ID",
    };

    private static readonly Option<string?> TermsHash = new("--terms-hash")
    {
        Description = "The hash of the terms that it must be of, 64 hexadecimal digits.",
        HelpName = "HASH",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object instead of text.",
    };

    private const string Examples = """
        Examples:
          market receipt verify coffee.receipt.json --key market.pem
          market receipt verify coffee.receipt.json --key market-2025.pem market-2026.pem --json
        """;

    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create()
    {
        var verify = new Command(
            "verify",
            "Verify that a market signed a receipt, offline. Exit code 0: it did; 1: it did not, and why; " +
            "2: a file cannot be read.")
        {
            Receipt, Keys, Deal, TermsHash, Json,
        };
        verify.SetAction(Verify);
        CommandExamples.Add(verify, Examples);
        return new Command("receipt", "Verify receipts of deals.") { verify };
    }

    private static int Verify(ParseResult arguments)
    {
        var streams = arguments.InvocationConfiguration;
        var path = arguments.GetValue(Receipt)!;
        try
        {
            var file = ReceiptFile.Load(path);
            var verdict = Judge(file, [.. arguments.GetValue(Keys)!.Select(LoadKey)], arguments);
            Write(streams.Output, file, verdict, arguments.GetValue(Json));
            return verdict.IsGenuine ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            streams.Error.WriteLine("market: " + error.Message.ReplaceLineEndings(" ").Trim());
            return ExitCodes.Usage;
        }
    }

    private static ReceiptVerdict Judge(ReceiptFile file, MarketKey[] keys, ParseResult arguments)
    {
        var verifier = new ReceiptVerifier(file.Market, keys);
        var verdict = verifier.Verify(file.Receipt);
        var deal = ParseHash("--deal", arguments.GetValue(Deal)?.Replace("deal_", "", StringComparison.Ordinal));
        var terms = ParseHash("--terms-hash", arguments.GetValue(TermsHash));
        return verdict is { IsGenuine: true, Receipt: { } receipt } && (deal ?? terms) is not null
            ? verifier.Verify(
                file.Receipt, deal is { } d ? new DealId(d) : receipt.Deal, terms ?? receipt.TermsHash)
            : verdict;
    }

    private static MarketKey LoadKey(string path)
    {
        try
        {
            return MarketKey.FromPem(File.ReadAllText(path));
        }
        catch (CryptographicException error)
        {
            throw new FormatException($"'{path}' is no public key on P-256 in PEM form: {error.Message}", error);
        }
    }

    private static Hash256? ParseHash(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return text.Length == 2 * Hash256.Size && text.All(char.IsAsciiHexDigit)
            ? Hash256.FromBytes(Convert.FromHexString(text))
            : throw new FormatException($"{option} is '{text}'; it has 64 hexadecimal digits.");
    }

    private static void Write(TextWriter output, ReceiptFile file, ReceiptVerdict verdict, bool isJson)
    {
        var receipt = verdict.Receipt;
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                genuine = verdict.IsGenuine,
                outcome = verdict.Outcome.ToString(),
                explanation = verdict.Explanation,
                kid = file.Receipt.KeyId,
                market = receipt?.Market.ToString(),
                deal = receipt?.Deal.ToString(),
                termsHash = receipt?.TermsHash.ToString(),
                negotiation = receipt?.Negotiation.ToString(),
                entry = receipt?.Entry.Value,
                at = receipt?.At.ToString(),
                total = receipt?.Total.ToString(),
                buyer = receipt?.BuyerAgent.ToString(),
                seller = receipt?.SellerAgent.ToString(),
                mode = receipt?.Mode.ToString(),
            }));
            return;
        }

        output.WriteLine(verdict.IsGenuine ? "Genuine." : $"Not genuine ({verdict.Outcome}): {verdict.Explanation}");
        if (receipt is null)
        {
            return;
        }

        output.WriteLine(verdict.IsGenuine ? "The market says by it:" : "It claims, unproved:");
        output.WriteLine($"  market       {receipt.Market}");
        output.WriteLine($"  deal         {receipt.Deal}");
        output.WriteLine($"  terms' hash  {receipt.TermsHash}");
        output.WriteLine($"  negotiation  {receipt.Negotiation}");
        output.WriteLine($"  in its book  {receipt.Entry}, {receipt.At}");
        output.WriteLine($"  total        {receipt.Total}");
        output.WriteLine($"  buyer        {receipt.BuyerAgent} of {receipt.BuyerPrincipal}");
        output.WriteLine($"  seller       {receipt.SellerAgent} of {receipt.SellerPrincipal}");
        output.WriteLine($"  settled      {receipt.Mode}");
        output.WriteLine($"  signed with  {file.Receipt.KeyId}");
    }
}
