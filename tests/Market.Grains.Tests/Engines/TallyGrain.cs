using System.Buffers.Binary;
using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>
/// A small grain whose state is a sum; chained, with snapshots, and watched by a <see cref="Witness"/>.
/// </summary>
public sealed class TallyGrain(GrainId id, Witness witness) : IChainedGrain, ISnapshotGrain
{
    /// <summary>The total at which it has ended.</summary>
    public const long EndsAt = 1_000_000;

    private long _total;
    private int _inside;

    public LedgerTime LastTime { get; private set; }

    public bool HasEnded => _total == EndsAt;

    public Hash256 ChainHead { get; private set; } = Hash256.Of("tally"u8);

    public void Advance(Hash256 hash) => ChainHead = hash;

    public void Apply(object @event)
    {
        var added = (Added)@event;
        if (added.Amount == Added.Unappliable)
        {
            throw new InvalidOperationException("This amount does not apply.");
        }

        Assert.True(added.At > LastTime);
        _total += added.Amount;
        LastTime = added.At;
        witness.OnApplied(id);
    }

    public GrainStep Receive(object message, LedgerTime now)
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            witness.OnOverlap();
        }

        try
        {
            return Decide(message, now);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
            witness.OnReceived(id);
        }
    }

    public GrainCapture SaveState()
    {
        var state = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(state, _total);
        BinaryPrimitives.WriteInt64BigEndian(state.AsSpan(8), LastTime.Ticks);
        return GrainCapture.Of(state);
    }

    public void LoadState(ReadOnlySpan<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        _total = BinaryPrimitives.ReadInt64BigEndian(state);
        LastTime = new LedgerTime(BinaryPrimitives.ReadInt64BigEndian(state[8..]));
    }

    private GrainStep Decide(object message, LedgerTime now) => message switch
    {
        Add add => new GrainStep(new Total(_total + add.Amount), new Added(add.Amount, now)),
        Read => new GrainStep(new Total(_total)),
        Refuse => new GrainStep(new Refused(_total)),
        Pass pass => new GrainStep(
            new Total(_total + pass.Amount),
            new Added(pass.Amount, now),
            Tells: [new Tell(pass.To, new Add(pass.Amount))]),
        PassAgain pass => new GrainStep(new Total(_total), Tells: [new Tell(pass.To, new Add(pass.Amount))]),
        Throw => throw new InvalidOperationException("A bug."),
        AddIf add when add.Expected != _total => new GrainStep(new Refused(_total)),
        AddIf add => new GrainStep(new Total(_total + add.Amount), new Added(add.Amount, now)),
        RaiseTo raise => new GrainStep(
            null,
            _total < raise.Amount ? new Added(raise.Amount - _total, now) : null,
            Tells: [new Tell(raise.ReplyTo, new Raised(raise.Amount))]),
        Meet meet => Wait(meet),
        _ => throw new ArgumentException($"{message.GetType().Name} is no message of a tally.", nameof(message)),
    };

    private GrainStep Wait(Meet meet)
    {
        meet.Entered.TrySetResult();
        meet.MayLeave.Wait();
        return new GrainStep(new Total(_total));
    }
}
