using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Silo.Hosting;

/// <summary>
/// Follows the events of one agent that has hosted strategies: first all that was, so that it knows where each
/// negotiation stands, then what comes. Whenever it is a hosting's turn it says so.
/// </summary>
/// <param name="agent">The agent.</param>
/// <param name="hostings">Its hostings that run; given up to this.</param>
/// <param name="market">The market.</param>
/// <param name="journal">The journal.</param>
/// <param name="feed">The agents' events.</param>
/// <param name="onTurn">Takes a negotiation in which it is a hosting's turn; never the same one twice before its turn
/// is taken. Must neither block nor throw.</param>
internal sealed class HostedAgent(
    Agent agent,
    IReadOnlyList<RunningHosting> hostings,
    MarketId market,
    IJournal journal,
    AgentFeed feed,
    Action<HostedNegotiation> onTurn)
{
    private const int FactNumbers = 20;

    private static readonly int Granted = WireCatalog.NumberOf(typeof(ApprovalGranted));
    private static readonly int FirstFact = WireCatalog.NumberOf(typeof(NegotiationOpened));

    private readonly Dictionary<NegotiationId, HostedNegotiation> _open = [];

    /// <summary>Follows until it is stopped, or the events end.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="StoreException">The journal could not be read.</exception>
    public async Task FollowAsync(CancellationToken stop)
    {
        Forget();
        var head = journal.Head;
        await foreach (var row in feed.ReadToAsync(agent.Number, head, stop).ConfigureAwait(false))
        {
            Fold(row);
        }

        foreach (var negotiation in _open.Values)
        {
            Offer(negotiation);
        }

        await foreach (var row in feed.SubscribeAsync(agent.Number, head, stop).ConfigureAwait(false))
        {
            if (HostingWatch.NumberOf(row) == Granted)
            {
                Reconsider();
            }
            else if (Fold(row) is { } negotiation)
            {
                Offer(negotiation);
            }
        }
    }

    /// <summary>Lets go of all it conducts; call it when <see cref="FollowAsync"/> has ended.</summary>
    public void Leave()
    {
        Forget();
        foreach (var hosting in hostings)
        {
            hosting.Dispose();
        }
    }

    private void Forget()
    {
        foreach (var negotiation in _open.Values)
        {
            negotiation.Leave();
        }

        _open.Clear();
    }

    /// <summary>
    /// The principal has approved something: an act that was refused for lack of it is taken up again.
    /// </summary>
    private void Reconsider()
    {
        foreach (var negotiation in _open.Values)
        {
            negotiation.Reconsider();
            Offer(negotiation);
        }
    }

    private void Offer(HostedNegotiation negotiation)
    {
        if (negotiation.TryQueue())
        {
            onTurn(negotiation);
        }
    }

    private HostedNegotiation? Fold(JournalRow row)
    {
        var number = HostingWatch.NumberOf(row);
        if (number < FirstFact || number >= FirstFact + FactNumbers)
        {
            return null;
        }

        var @event = (NegotiationEvent)WireCatalog.DecodeTagged(row.Body.Span);
        if (Find(@event, row) is not { } negotiation)
        {
            return null;
        }

        negotiation.Fold(@event);
        if (negotiation.HasEnded)
        {
            _open.Remove(@event.Negotiation);
        }

        return negotiation;
    }

    private HostedNegotiation? Find(NegotiationEvent @event, JournalRow row)
    {
        if (@event is not NegotiationOpened opened)
        {
            return _open.GetValueOrDefault(@event.Negotiation);
        }

        var own = row.Audience.First == agent.Number ? Party.Buyer : Party.Seller;
        var mandate = own == Party.Buyer ? opened.Buyer.Mandate : opened.Seller.Mandate;
        var hosting = hostings.FirstOrDefault(hosting =>
            hosting.Plan.Side == own && hosting.Plan.Mandate == mandate
            && hosting.Plan.Conducts(opened.Negotiation, opened.Subject));
        return hosting is null
            ? null
            : _open[opened.Negotiation] = new HostedNegotiation(hosting, own, market);
    }
}
