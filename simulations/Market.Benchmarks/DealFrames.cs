using System.Buffers.Binary;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Benchmarks;

/// <summary>
/// Whole deals as the bytes that agents sent, one after the other in one array: nothing of the preparation but this
/// array is left on the heap when the measurement begins, and a message is decoded when it is its turn, as a gateway
/// does it.
/// </summary>
internal sealed class DealFrames
{
    private const int BytesOfADeal = 2_048;

    private readonly int[] _starts;
    private byte[] _bytes;
    private int _length;

    public DealFrames(DealScripts scripts, int deals)
    {
        _starts = new int[deals + 1];
        _bytes = new byte[deals * BytesOfADeal];
        for (var i = 0; i < deals; i++)
        {
            _starts[i] = _length;
            Add(scripts.Make(i));
        }

        _starts[deals] = _length;
    }

    /// <summary>The opening of a deal and a place to read its acts from.</summary>
    public (OpenNegotiationCommand Open, DealReader Acts) Read(int deal)
    {
        var reader = new DealReader(_bytes.AsMemory(_starts[deal], _starts[deal + 1] - _starts[deal]));
        var (from, frame, evidence) = reader.Next();
        var open = (OpenNegotiationCommand)Decode(frame.Span);
        return (open with { Digest = ActDigest.Of(frame.Span), Evidence = evidence }, reader);
    }

    /// <summary>What a frame says.</summary>
    public static object Decode(ReadOnlySpan<byte> frame)
    {
        var reader = new MessagePackReader(frame);
        reader.BeginArray(2);
        var message = WireCatalog.ReadPayload((int)reader.ReadInt64(), ref reader);
        reader.EndArray();
        return message;
    }

    private void Add(DealScript script)
    {
        Add(script.Open.Buyer.Agent, script.OpenBytes, script.Open.Evidence);
        foreach (var act in script.Acts)
        {
            Add(act.From, act.Bytes, act.Evidence);
        }
    }

    private void Add(AgentNumber from, byte[] frame, Evidence? evidence)
    {
        var signature = evidence is null ? [] : evidence.Signature.Span;
        var needed = _length + DealReader.HeadBytes + frame.Length + signature.Length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        var head = _bytes.AsSpan(_length);
        BinaryPrimitives.WriteInt32LittleEndian(head, from.Value);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], signature.Length);
        frame.CopyTo(head[DealReader.HeadBytes..]);
        signature.CopyTo(head[(DealReader.HeadBytes + frame.Length)..]);
        _length = needed;
    }
}

/// <summary>Reads the messages of one deal in the order in which they were sent.</summary>
internal struct DealReader(ReadOnlyMemory<byte> rest)
{
    public const int HeadBytes = 12;

    private ReadOnlyMemory<byte> _rest = rest;

    public readonly bool HasMore => !_rest.IsEmpty;

    /// <summary>Who sent it, its exact bytes and, where deals are signed, the signature over them.</summary>
    public (AgentNumber From, ReadOnlyMemory<byte> Frame, Evidence? Evidence) Next()
    {
        var head = _rest.Span;
        var from = new AgentNumber(BinaryPrimitives.ReadInt32LittleEndian(head));
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        var signatureLength = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        var frame = _rest.Slice(HeadBytes, length);
        var signature = _rest.Slice(HeadBytes + length, signatureLength);
        _rest = _rest[(HeadBytes + length + signatureLength)..];
        return (from, frame, signatureLength == 0 ? null : new Evidence(from, frame, signature));
    }
}
