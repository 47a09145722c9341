using Market.Domain.Negotiating;

namespace Market.Domain.Hosting;

/// <summary>
/// The strategies that one agent has left with the market: those that run, and those that have ended, as long as the
/// act that began one could be repeated.
/// </summary>
public sealed class HostingBook
{
    private readonly List<HostingView> _hostings = [];
    private readonly Dictionary<HostingId, (NegotiationId Negotiation, long Seq)> _reported = [];

    /// <summary>All that are remembered, in the order of their start.</summary>
    public IReadOnlyList<HostingView> All => _hostings;

    /// <summary>Those that run.</summary>
    public IEnumerable<HostingView> Running => _hostings.Where(hosting => hosting.End is null);

    /// <summary>What the agent is shown: those that run, and the latest of those that have ended.</summary>
    public ValueArray<HostingView> Shown() =>
        _hostings.Where(hosting => hosting.End is not null).TakeLast(HostingLimits.EndedShownMax)
            .Concat(Running).ToValueArray();

    /// <summary>A hosting, or null.</summary>
    public HostingView? Find(HostingId id) => _hostings.Find(hosting => hosting.Id == id);

    /// <summary>Whether the latest report of a hosting is of this very act.</summary>
    public bool IsReported(HostingId id, NegotiationId negotiation, long seq) =>
        _reported.TryGetValue(id, out var last) && last == (negotiation, seq);

    /// <summary>Folds one event in.</summary>
    public void Apply(HostingEvent @event)
    {
        switch (@event)
        {
            case HostingStarted started:
                Forget(started.At);
                _hostings.Add(new HostingView(started.Hosting, started.Plan, started.Commitment, started.At));
                break;
            case HostingStopped stopped:
                End(stopped);
                break;
            case HostedActRefused refused:
                _reported[refused.Hosting] = (refused.Negotiation, refused.Seq);
                break;
            default:
                throw new ArgumentException($"No rule folds {@event?.GetType().Name}.", nameof(@event));
        }
    }

    private void End(HostingStopped stopped)
    {
        var place = _hostings.FindIndex(hosting => hosting.Id == stopped.Hosting);
        _hostings[place] = _hostings[place] with { EndedAt = stopped.At, End = stopped.End };
        _reported.Remove(stopped.Hosting);
    }

    private void Forget(LedgerTime now) => _hostings.RemoveAll(hosting =>
        hosting.End is not null
        && now - MessageIds.TimeOf(hosting.Plan.Message) > MarketLimits.MessageIdWindow);
}
