using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Watching;

/// <summary>
/// How many negotiations without an agreement or an end each buyer has. It follows the journal; what is being opened
/// just now is counted by whoever opens it, so that not even many at once come above a limit.
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class OpenNegotiationCounts(IJournal journal)
    : JournalProjection(journal, "open-negotiation-counts", SaveEvery)
{
    private const int SaveEvery = 100_000;
    private const int BuyerAt = 4;

    private readonly Dictionary<long, AgentNumber> _buyers = [];
    private readonly Dictionary<AgentNumber, int> _open = [];
    private readonly Dictionary<AgentNumber, int> _entering = [];

    /// <summary>A buyer's open negotiations, those that are being opened included.</summary>
    public int CountOf(AgentNumber buyer)
    {
        lock (Gate)
        {
            return _open.GetValueOrDefault(buyer) + _entering.GetValueOrDefault(buyer);
        }
    }

    /// <summary>
    /// Counts negotiations that a buyer is about to open; once they are answered, <see cref="Leave"/> counts them out.
    /// </summary>
    /// <returns>Whether there was room; where not, nothing was counted.</returns>
    public bool TryEnter(AgentNumber buyer, int count, int countMax)
    {
        lock (Gate)
        {
            if (_open.GetValueOrDefault(buyer) + _entering.GetValueOrDefault(buyer) > countMax - count)
            {
                return false;
            }

            Add(_entering, buyer, count);
            return true;
        }
    }

    /// <summary>What was about to be opened is open, and in the journal, or refused.</summary>
    public void Leave(AgentNumber buyer, int count)
    {
        lock (Gate)
        {
            Add(_entering, buyer, -count);
        }
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var number = NegotiationRows.NumberOf(row);
        if (NegotiationRows.IsOpening(number))
        {
            var reader = NegotiationRows.Elements(row, BuyerAt + 1);
            NegotiationRows.Skip(ref reader, BuyerAt);
            Open(row.Stream, WireFormat.Read<Participant>(ref reader).Agent);
        }
        else if (NegotiationRows.IsEnd(number) && _buyers.Remove(row.Stream, out var buyer))
        {
            Add(_open, buyer, -1);
        }
    }

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(new SavedOpenNegotiations(
        _buyers.Select(static open => new SavedOpenNegotiation(open.Key, open.Value)).ToValueArray()));

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            foreach (var open in WireFormat.Decode<SavedOpenNegotiations>(state).Open)
            {
                Open(open.Stream, open.Buyer);
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }

    private static void Add(Dictionary<AgentNumber, int> counts, AgentNumber buyer, int change)
    {
        var count = counts.GetValueOrDefault(buyer) + change;
        if (count == 0)
        {
            counts.Remove(buyer);
        }
        else
        {
            counts[buyer] = count;
        }
    }

    private void Open(long stream, AgentNumber buyer)
    {
        _buyers.Add(stream, buyer);
        Add(_open, buyer, 1);
    }
}

/// <summary>What is saved of the open negotiations.</summary>
internal sealed record SavedOpenNegotiations(ValueArray<SavedOpenNegotiation> Open);

/// <summary>One of them.</summary>
internal sealed record SavedOpenNegotiation(long Stream, AgentNumber Buyer);
