using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Settling;

namespace Market.Domain.Listings;

/// <summary>A request is published.</summary>
/// <param name="At">When.</param>
/// <param name="Request">It.</param>
/// <param name="Digest">Digest of the act that published it.</param>
[Wire.WireType(711)]
public sealed record RequestAdded(LedgerTime At, Request Request, ActDigest Digest);

/// <summary>
/// A buyer agent's requests. Their need comes into being in the ledger, which is told until it answers.
/// </summary>
public sealed class BuyerState
{
    private readonly Dictionary<RequestId, (Request Request, ActDigest Digest)> _requests = [];
    private readonly List<LedgerTime> _times = [];

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>What the ledger has been told and has not answered.</summary>
    public LedgerOutbox Outbox { get; } = new();

    /// <summary>The strategies that the agent has left with the market.</summary>
    public HostingBook Hostings { get; } = new();

    /// <summary>Number of requests.</summary>
    public int Count => _requests.Count;

    /// <summary>A request with the digest of the act that published it, or null.</summary>
    public (Request Request, ActDigest Digest)? Find(RequestId id) =>
        _requests.TryGetValue(id, out var found) ? found : null;

    /// <summary>
    /// The first moment from one on at which fewer than so many requests were published within the last seven days.
    /// </summary>
    /// <param name="now">The moment.</param>
    /// <param name="countMax">How many may be; at least 1.</param>
    public LedgerTime RoomAt(LedgerTime now, int countMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        var freed = _times.Count < countMax ? now : _times[_times.Count - countMax] + PublishingLimits.Week;
        return freed > now ? freed : now;
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(RequestAdded @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        _requests.Add(@event.Request.Id, (@event.Request, @event.Digest));
        _times.Add(@event.At);
        Outbox.Add(MintOf(@event.Request), @event.At);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(HostingEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        Hostings.Apply(@event);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(LedgerCommandAnswered @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        Outbox.Remove(@event.Command);
    }

    /// <summary>The ledger command that brings a request's need into being; the same for the same request.</summary>
    public static MintNeed MintOf(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new MintNeed(
            LedgerCommandIds.For("need", request.Id.Value), request.Id, request.Principal, request.Draft.Quantity);
    }
}
