using Market.Domain;
using Market.Domain.Hosting;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Silo.Hosting;

/// <summary>Follows the journal for the strategies that agents have left with the market and that run.</summary>
/// <param name="journal">The journal it follows.</param>
internal sealed class HostingWatch(IJournal journal) : JournalProjection(journal, "hostings", SaveEvery)
{
    private const int SaveEvery = 100_000;

    private static readonly int Started = WireCatalog.NumberOf(typeof(HostingStarted));
    private static readonly int Stopped = WireCatalog.NumberOf(typeof(HostingStopped));

    private readonly Dictionary<HostingId, HostingStarted> _running = [];

    /// <summary>
    /// Called when what runs for an agent has changed, on the journal's thread. Must neither block nor throw.
    /// </summary>
    public Action<AgentNumber>? Changed { get; set; }

    /// <summary>All that run.</summary>
    public IReadOnlyList<HostingStarted> Running()
    {
        lock (Gate)
        {
            return [.. _running.Values];
        }
    }

    /// <summary>What runs for an agent.</summary>
    public IReadOnlyList<HostingStarted> RunningOf(AgentNumber agent)
    {
        lock (Gate)
        {
            return [.. _running.Values.Where(hosting => hosting.Agent == agent)];
        }
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var number = NumberOf(row);
        if (number != Started && number != Stopped)
        {
            return;
        }

        var @event = (HostingEvent)WireCatalog.DecodeTagged(row.Body.Span);
        if (@event is HostingStarted started)
        {
            _running[started.Hosting] = started;
        }
        else
        {
            _running.Remove(@event.Hosting);
        }

        Changed?.Invoke(@event.Agent);
    }

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(_running.Values.ToValueArray());

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            foreach (var started in WireFormat.Decode<ValueArray<HostingStarted>>(state))
            {
                _running[started.Hosting] = started;
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }

    /// <summary>The number of the event in a row.</summary>
    internal static int NumberOf(JournalRow row)
    {
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        return (int)reader.ReadInt64();
    }
}
