using System.Runtime.CompilerServices;
using Market.Client.Following;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>
/// One negotiation that the agent takes part in. Its <see cref="State"/> follows the market's events by itself, over
/// reconnects too. Safe for many threads.
/// </summary>
public sealed partial class Negotiation
{
    private readonly NegotiationContext _context;
    private readonly AgentNumber _agent;
    private readonly NegotiationState _folded;
    private readonly Watched<NegotiationSnapshot> _state = new();

    internal Negotiation(NegotiationContext context, MarketId market, AgentNumber agent)
    {
        (_context, _agent) = (context, agent);
        _folded = new NegotiationState(market);
    }

    /// <summary>The negotiation's id.</summary>
    public NegotiationId Id => State.Id;

    /// <summary>Where it stands, by the last event that has arrived.</summary>
    public NegotiationSnapshot State => _state.Value!;

    /// <summary>Version of the copy; only for the link's receiver.</summary>
    internal long FoldedSeq => _folded.Seq;

    /// <summary>
    /// Whether another's act opened it: the counterparty's opening, or the choice of a bid, which opens it in the
    /// bidder's name. Sellers open none themselves.
    /// </summary>
    internal bool WasOpenedByOther => State.Own == Party.Seller || State.OpenedBy != State.Own;

    /// <summary>
    /// Its turns: whenever it is this agent's turn, and once more when all is over. A turn that has passed before it
    /// was
    /// read is left out, and messages make no turn. Leave the loop as you like; the negotiation goes on without it.
    /// </summary>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public async IAsyncEnumerable<NegotiationTurn> TurnsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = 0L;
        while (true)
        {
            var after = seen;
            var state = await _state.WaitAsync(
                s => s.HasEnded || (s.IsMyTurn && s.BargainingSeq > after), cancellationToken).ConfigureAwait(false);
            yield return new NegotiationTurn(this, state);
            if (state.HasEnded)
            {
                yield break;
            }

            seen = state.BargainingSeq;
        }
    }

    /// <summary>Waits until the state is as wanted.</summary>
    /// <param name="condition">Looks at a state; quick, and without effects.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public Task<NegotiationSnapshot> WaitForAsync(
        Func<NegotiationSnapshot, bool> condition, CancellationToken cancellationToken = default) =>
        _state.WaitAsync(condition, cancellationToken).AsTask();

    /// <summary>Waits until nothing will ever change again.</summary>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public Task<NegotiationSnapshot> WaitForEndAsync(CancellationToken cancellationToken = default) =>
        WaitForAsync(static s => s.HasEnded, cancellationToken);

    /// <summary>Waits until the deal is settled.</summary>
    /// <exception cref="NoDealException">The negotiation has ended without one.</exception>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public async Task<Deal> WaitForDealAsync(CancellationToken cancellationToken = default)
    {
        var end = await WaitForEndAsync(cancellationToken).ConfigureAwait(false);
        return Deal.Of(_folded.Market, end) ?? throw new NoDealException(end);
    }

    /// <summary>
    /// What the counterparty has declared about itself. Its words are an untrusted writer's; only the principal's
    /// handle is what the market knows.
    /// </summary>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public Task<CounterpartyShown> GetCounterpartyAsync(CancellationToken cancellationToken = default) =>
        _context.Link.AskAsync<CounterpartyShown>(new GetCounterparty(Id), cancellationToken);

    /// <summary>Folds one event in.</summary>
    internal void Fold(NegotiationEvent @event)
    {
        _folded.Apply(@event);
        var own = _folded.PartyOf(_agent) ?? throw new MarketConnectionException(
            $"The market sent an event of {@event.Negotiation}, which {_agent} is no party to.")
        { IsFinal = true };
        Collect(@event, _folded.Seq);
        _state.Set(NegotiationSnapshot.Of(_folded, own, _messages));
    }

    /// <summary>No event will come any more.</summary>
    internal void End(Exception reason) => _state.End(reason);
}
