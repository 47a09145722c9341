using System.Buffers.Binary;
using System.Text.Json;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>A line of a file of checkpoints, as docs/audit.md gives its form.</summary>
/// <param name="Line">Its place in the file, from 1.</param>
/// <param name="Market">The market whose book it is.</param>
/// <param name="Entry">The last entry that it covers.</param>
/// <param name="Head">That entry's hash.</param>
/// <param name="At">When it was taken.</param>
/// <param name="KeyId">Which of the market's keys signed.</param>
/// <param name="Signature">ES256; 64 bytes, r then s.</param>
internal sealed record AuditedCheckpoint(
    int Line, MarketId Market, long Entry, Hash32 Head, Moment At, string KeyId, byte[] Signature)
{
    private const string Form = "market.checkpoint.v1";

    /// <summary>What is signed, after purpose, market and version: entry ‖ head ‖ at, big-endian.</summary>
    public byte[] ToContent()
    {
        var content = new byte[sizeof(long) + Hash32.Size + sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(content, Entry);
        Head.CopyTo(content.AsSpan(sizeof(long)));
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(sizeof(long) + Hash32.Size), At.Ticks);
        return content;
    }

    /// <summary>The checkpoint of a line; null where it is none.</summary>
    public static AuditedCheckpoint? Parse(string text, int line)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var it = json.RootElement;
            return it.GetProperty("form").GetString() == Form
                && Hash32.Parse(it.GetProperty("head").GetString()) is { } head
                ? new AuditedCheckpoint(
                    line,
                    new MarketId(Guid.ParseExact(it.GetProperty("market").GetString()!, "n")),
                    it.GetProperty("entry").GetInt64(),
                    head,
                    new Moment(it.GetProperty("at").GetInt64()),
                    it.GetProperty("kid").GetString()!,
                    Convert.FromHexString(it.GetProperty("signature").GetString()!))
                : null;
        }
        catch (Exception error) when (
            error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException
                or ArgumentException)
        {
            return null;
        }
    }
}
