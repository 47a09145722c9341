using System.Buffers.Binary;
using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Benchmarks;

/// <summary>
/// The smallest grain: it counts. Its messages and answers are shared, so that what is allocated is the cluster's.
/// </summary>
internal sealed class ClusterCountGrain : IGrain
{
    /// <summary>Adds one, as an event.</summary>
    public static readonly object Add = new AddOne();

    /// <summary>Reads.</summary>
    public static readonly object Read = new ReadCount();

    private static readonly object Answer = new CountAnswer();

    private long _count;

    /// <inheritdoc/>
    public LedgerTime LastTime { get; private set; }

    /// <inheritdoc/>
    public void Apply(object @event)
    {
        _count++;
        LastTime = ((Added)@event).At;
    }

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) =>
        message is AddOne ? new GrainStep(Answer, new Added(now, _count + 1)) : new GrainStep(Answer);

    /// <summary>A body of the size of an offer's.</summary>
    internal sealed class Codec : IEventCodec
    {
        public const int BodyLength = 96;

        public byte[] Encode(object @event)
        {
            var added = (Added)@event;
            var body = new byte[BodyLength];
            BinaryPrimitives.WriteInt64BigEndian(body, added.At.Ticks);
            BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(8), added.Count);
            return body;
        }

        public object Decode(ReadOnlySpan<byte> body) => new Added(
            new LedgerTime(BinaryPrimitives.ReadInt64BigEndian(body)), BinaryPrimitives.ReadInt64BigEndian(body[8..]));
    }

    private sealed record AddOne;

    private sealed record ReadCount;

    private sealed record CountAnswer;

    private sealed record Added(LedgerTime At, long Count);
}
