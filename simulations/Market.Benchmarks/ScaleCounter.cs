using System.Diagnostics.Metrics;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>Counts, as rows become durable, those that deals cause; and the messages that grains take.</summary>
internal sealed class ScaleCounter : ICommitObserver, IDisposable
{
    private static readonly int Booked = WireCatalog.NumberOf(typeof(DealBooked));

    private readonly MeterListener _listener = new();
    private long _rows;
    private long _deals;
    private long _messages;

    public ScaleCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "market.grains.messages")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _messages = Math.Max(_messages, value));
        _listener.Start();
    }

    /// <summary>Rows of negotiations, and the ledger's of deals.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>Deals that the ledger has settled.</summary>
    public long Deals => Volatile.Read(ref _deals);

    /// <summary>Messages that grains have taken so far, of everybody.</summary>
    public long ReadMessages()
    {
        _listener.RecordObservableInstruments();
        return _messages;
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        foreach (var append in appends)
        {
            var isDeal = append.Grain == GrainId.Ledger && NumberOf(append.Row.Body.Span) == Booked;
            _deals += isDeal ? 1 : 0;
            _rows += isDeal || append.Grain.Kind == GrainKind.Negotiation ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static long NumberOf(ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        reader.BeginArray();
        return reader.ReadInt64();
    }
}
