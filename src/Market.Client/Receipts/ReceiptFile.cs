using System.Text.Json;
using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Client;

/// <summary>
/// A receipt in a file, to be checked later by anybody: one JSON object with the members <c>form</c>
/// ("market.receipt.v1"), <c>market</c> (32 hexadecimal digits), <c>kid</c> (the key that signed), <c>receipt</c> and
/// <c>signature</c> (the exact bytes, base64).
/// </summary>
/// <param name="Market">The market that signed.</param>
/// <param name="Receipt">The receipt.</param>
public sealed record ReceiptFile(MarketId Market, SignedReceipt Receipt)
{
    private const string Form = "market.receipt.v1";
    private const int LengthMax = 64 * 1024;

    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web)
        {
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
        };

    /// <summary>Writes the receipt of a deal to a file; one of the same name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, Deal deal)
    {
        ArgumentNullException.ThrowIfNull(deal);
        new ReceiptFile(deal.Market, deal.Receipt).Save(path);
    }

    /// <summary>Writes it to a file; one of the same name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => File.WriteAllText(path, ToJson() + "\n");

    /// <summary>The text of such a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Content(
            Form, Market.Value.ToString("n"), Receipt.KeyId, Receipt.Bytes.ToArray(), Receipt.Signature.ToArray()),
        Options);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no file of a receipt; the message says what is wrong.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static ReceiptFile Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > LengthMax } file)
        {
            throw new FormatException($"'{path}' has {file.Length} bytes; a receipt has at most {LengthMax}.");
        }

        return Parse(File.ReadAllText(path), path);
    }

    private static ReceiptFile Parse(string text, string path)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(text, Options);
            if (content?.Form != Form)
            {
                throw new FormatException(
                    $"'{path}' is no receipt: its form is '{content?.Form}' and should be '{Form}'.");
            }

            return Guid.TryParseExact(content.Market, "n", out var market)
                ? new ReceiptFile(
                    new MarketId(market), new SignedReceipt(content.Receipt, content.Signature, content.Kid))
                : throw new FormatException($"'{path}' is no receipt: its market is not 32 hexadecimal digits.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"'{path}' is no receipt: {error.Message}", error);
        }
    }

    private sealed record Content(string Form, string Market, string Kid, byte[] Receipt, byte[] Signature);
}
