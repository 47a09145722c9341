using System.Text;
using System.Text.Json;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;

namespace Market.Silo.Checkpoints;

/// <summary>
/// The file of a market's published checkpoints, outside its store: one JSON object a line, the oldest first. A line is
/// on disk before <see cref="Append"/> returns; one without its end was never published and is cut off.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    /// <summary>What every line says of its own form.</summary>
    public const string Form = "market.checkpoint.v1";

    /// <summary>Its name beside the market's keys, where no other file is given.</summary>
    public const string DefaultName = "checkpoints.jsonl";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private readonly FileStream _file;
    private long _length;

    private CheckpointFile(FileStream file, List<SignedCheckpoint> published)
    {
        _file = file;
        _length = file.Length;
        Published = published;
    }

    /// <summary>What was in the file when it was opened, the oldest first.</summary>
    public IReadOnlyList<SignedCheckpoint> Published { get; }

    /// <summary>Opens a file of checkpoints, or makes it with the folders that it is in.</summary>
    /// <exception cref="CheckpointException">A line is no checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static CheckpointFile Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            file.SetLength(end);
            var lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n')[..^1];
            return new CheckpointFile(file, [.. lines.Select((line, i) => Parse(line, path, i + 1))]);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Publishes a checkpoint; it is durable at the return.</summary>
    public void Append(SignedCheckpoint signed)
    {
        var checkpoint = signed.Checkpoint;
        var line = JsonSerializer.SerializeToUtf8Bytes(
            new Line(
                Form, checkpoint.Market.Value.ToString("n"), checkpoint.Entry.Value, checkpoint.Head.ToString(),
                checkpoint.At.Ticks, signed.KeyId, Convert.ToHexStringLower(signed.Signature.Span)),
            Options);
        _file.SetLength(_length); // what an append that failed may have left was never published
        _file.Position = _length;
        _file.Write([.. line, (byte)'\n']);
        _file.Flush(flushToDisk: true);
        _length = _file.Position;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SignedCheckpoint Parse(string text, string path, int number)
    {
        try
        {
            if (JsonSerializer.Deserialize<Line>(text, Options) is { Form: Form } line)
            {
                return new SignedCheckpoint(
                    new Checkpoint(
                        new MarketId(Guid.ParseExact(line.Market, "n")), new EntryNumber(line.Entry),
                        Hash256.FromBytes(Convert.FromHexString(line.Head)), new LedgerTime(line.At)),
                    Convert.FromHexString(line.Signature),
                    line.Kid);
            }
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException)
        {
            throw new CheckpointException(path, $"line {number} is no checkpoint: {error.Message}");
        }

        throw new CheckpointException(path, $"line {number} is no checkpoint of the form {Form}");
    }

    private sealed record Line(
        string Form, string Market, long Entry, string Head, long At, string Kid, string Signature);
}
