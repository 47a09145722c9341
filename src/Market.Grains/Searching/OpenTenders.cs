using Market.Domain;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The tenders that have not ended: who has how many, and which of them every seller may bid in. It knows of bids
/// neither that there are any nor how many.
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class OpenTenders(IJournal journal) : JournalProjection(journal, "open-tenders", SaveEvery)
{
    /// <summary>Most tenders of one page.</summary>
    public const int PageMax = 64;

    private const int SaveEvery = 100_000;

    private static readonly int Opened = WireCatalog.NumberOf(typeof(TenderOpened));
    private static readonly int Revealed = WireCatalog.NumberOf(typeof(TenderRevealed));
    private static readonly int Closed = WireCatalog.NumberOf(typeof(TenderClosed));
    private static readonly int Cancelled = WireCatalog.NumberOf(typeof(TenderCancelled));

    private readonly Dictionary<long, TenderCall> _byStream = [];
    private readonly Dictionary<RequestId, List<TenderId>> _byRequest = [];
    private readonly Dictionary<AgentNumber, int> _counts = [];
    private readonly SortedList<Guid, TenderCall> _collecting = [];

    /// <summary>Tenders that have not ended.</summary>
    public int Count
    {
        get
        {
            lock (Gate)
            {
                return _byStream.Count;
            }
        }
    }

    /// <summary>
    /// Called with the request of each tender that is opened, outside any grain's turn. Must neither block nor throw.
    /// </summary>
    public Action<RequestId>? OneOpened { get; set; }

    /// <summary>The requests that have open tenders.</summary>
    public IReadOnlyCollection<RequestId> Requests
    {
        get
        {
            lock (Gate)
            {
                return [.. _byRequest.Keys];
            }
        }
    }

    /// <summary>The open tenders for a request.</summary>
    public IReadOnlyCollection<TenderId> Of(RequestId request)
    {
        lock (Gate)
        {
            return _byRequest.TryGetValue(request, out var tenders) ? [.. tenders] : [];
        }
    }

    /// <summary>Whether a buyer may open a tender, or has opened this one already.</summary>
    public bool HasRoomFor(AgentNumber buyer, TenderId tender)
    {
        lock (Gate)
        {
            return _counts.GetValueOrDefault(buyer) < TenderLimits.OpenTendersMax
                || _byStream.Values.Any(call => call.Tender == tender);
        }
    }

    /// <summary>The buyer of a tender that every seller may bid in now; null where it is none.</summary>
    public AgentNumber? BuyerOf(TenderId tender)
    {
        lock (Gate)
        {
            return _collecting.TryGetValue(tender.Value, out var call) ? call.Request.Buyer : null;
        }
    }

    /// <summary>Tenders that every seller may bid in.</summary>
    public TendersFound Find(FindTenders query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var countMax = Math.Clamp(query.CountMax, 1, PageMax);
        var page = new List<TenderCall>();
        lock (Gate)
        {
            foreach (var call in _collecting.Values.Where(call => Matches(call, query)))
            {
                if (page.Count == countMax)
                {
                    return new TendersFound(page.ToValueArray(), HasMore: true);
                }

                page.Add(call);
            }
        }

        return new TendersFound(page.ToValueArray(), HasMore: false);
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        var number = (int)reader.ReadInt64();
        if (number == Opened)
        {
            var call = ((TenderOpened)WireCatalog.DecodeTagged(row.Body.Span)).Call;
            Add(row.Stream, call, isCollecting: true);
            OneOpened?.Invoke(call.Request.Id);
        }
        else if (number == Revealed && _byStream.TryGetValue(row.Stream, out var revealed))
        {
            _collecting.Remove(revealed.Tender.Value);
        }
        else if ((number == Closed || number == Cancelled) && _byStream.Remove(row.Stream, out var ended))
        {
            _collecting.Remove(ended.Tender.Value);
            Forget(ended);
        }
    }

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(new SavedOpenTenders(
        _byStream.Select(open => new SavedOpenTender(
            open.Key, open.Value, _collecting.ContainsKey(open.Value.Tender.Value))).ToValueArray()));

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            foreach (var open in WireFormat.Decode<SavedOpenTenders>(state).Open)
            {
                Add(open.Stream, open.Call, open.IsCollecting);
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }

    private static bool Matches(TenderCall call, FindTenders query) =>
        (query.After is not { } after || call.Tender.Value.CompareTo(after.Value) > 0)
        && (query.Category is null || query.Category == call.Request.Draft.Category);

    private void Add(long stream, TenderCall call, bool isCollecting)
    {
        _byStream.Add(stream, call);
        (_byRequest.TryGetValue(call.Request.Id, out var others) ? others : _byRequest[call.Request.Id] = [])
            .Add(call.Tender);
        _counts[call.Request.Buyer] = _counts.GetValueOrDefault(call.Request.Buyer) + 1;
        if (isCollecting && !call.IsByInvitation)
        {
            _collecting.Add(call.Tender.Value, call);
        }
    }

    private void Forget(TenderCall ended)
    {
        if (--_counts[ended.Request.Buyer] == 0)
        {
            _counts.Remove(ended.Request.Buyer);
        }

        var ofRequest = _byRequest[ended.Request.Id];
        if (ofRequest.Remove(ended.Tender) && ofRequest.Count == 0)
        {
            _byRequest.Remove(ended.Request.Id);
        }
    }
}

/// <summary>What is saved of the open tenders.</summary>
internal sealed record SavedOpenTenders(ValueArray<SavedOpenTender> Open);

/// <summary>One of them.</summary>
internal sealed record SavedOpenTender(long Stream, TenderCall Call, bool IsCollecting);
