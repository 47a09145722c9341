using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

// Messages that need old events of the grain's own stream. While one waits it counts as in flight, so that the
// activation is neither unloaded nor replaced before it has been delivered again.
public sealed partial class Activation
{
    private void Recall(object message, ValueArray<long> versions, ReplySink sink)
    {
        // A message that was delivered with events may need others too.
        var original = message is Recalled recalled ? recalled.Message : message;
        Interlocked.Increment(ref _inFlight);
        Hold(new ActivationRecall(this, original, versions, sink));
    }

    internal void Deliver(Recalled recalled, ReplySink sink) => _host.Deliver(recalled, sink);

    internal void OnRecallEnded() => Land();

    /// <summary>Reads one event of the stream, and checks its row against the one before.</summary>
    /// <exception cref="StreamDamagedException">The row is missing or wrong.</exception>
    internal async ValueTask<object> ReadEventAsync(long version)
    {
        var after = Math.Max(0, version - 2);
        var rows = await _services.Journal
            .ReadStreamAsync(_stream, after, (int)(version - after)).ConfigureAwait(false);
        if (rows.Count != version - after || rows[^1].Version != version)
        {
            throw new StreamDamagedException(Grain, _stream, version, "it is missing.");
        }

        var row = rows[^1];
        var hash = RowHash.Of(
            PreviousHash(rows), row.Stream, row.Version, row.Writer, row.PreviousWriter, row.DueAt, row.Audience,
            row.Body.Span);
        return hash == row.Hash
            ? _services.Codec.Decode(row.Body.Span)
            : throw new StreamDamagedException(
                Grain, _stream, version, $"its hash should be {hash} and is {row.Hash}.");
    }

    private Hash256 PreviousHash(IReadOnlyList<JournalRow> rows)
    {
        if (_grain is not IChainedGrain)
        {
            return Hash256.Zero;
        }

        return rows.Count > 1 ? rows[0].Hash : ((IChainedGrain)_services.CreateGrain(Grain)!).ChainHead;
    }
}
