using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Hosting;

/// <summary>What a hosted strategy does on a turn.</summary>
/// <param name="Act">The act.</param>
/// <param name="IsMisfit">Whether it leaves because its utility does not fit what is negotiated.</param>
internal sealed record HostedTurn(NegotiationAct Act, bool IsMisfit);

/// <summary>
/// A negotiation that a hosting conducts, as its agent sees it. It waits for a worker at most once at a time.
/// </summary>
/// <param name="hosting">The hosting.</param>
/// <param name="own">The side that its agent is on.</param>
/// <param name="market">The market.</param>
internal sealed class HostedNegotiation(RunningHosting hosting, Party own, MarketId market)
{
    private readonly Lock _gate = new();
    private readonly NegotiationState _state = new(market);
    private readonly List<HostedPastTurn> _past = [];
    private LedgerTime _turnAt;
    private long _doneWith;
    private bool _isQueued;
    private bool _isLeft;

    /// <summary>The hosting.</summary>
    public RunningHosting Hosting => hosting;

    /// <summary>Whether nothing will ever change again.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _state.HasEnded;
            }
        }
    }

    /// <summary>Folds one event in.</summary>
    public void Fold(NegotiationEvent @event)
    {
        lock (_gate)
        {
            var turn = _state.BargainingSeq;
            if (@event is OfferMade made && made.Offer.By == own && hosting.Remembers)
            {
                _past.Add(new HostedPastTurn(turn, Conduct.ViewOf(own, _state)));
            }

            _state.Apply(NegotiationViews.SeenBy(@event, own));
            _turnAt = _state.BargainingSeq == turn ? _turnAt : _state.LastTime;
            if (_state.HasEnded)
            {
                _past.Clear();
                hosting.Forget(this);
            }
        }
    }

    /// <summary>
    /// Whether it is to be queued for a worker now: it is the hosting's turn, and it is not queued yet.
    /// </summary>
    public bool TryQueue()
    {
        lock (_gate)
        {
            if (_isQueued || !IsTurn)
            {
                return false;
            }

            return _isQueued = true;
        }
    }

    /// <summary>
    /// Takes it from the queue and decides its turn; null where it is the hosting's turn no more. Throws whatever the
    /// strategy throws.
    /// </summary>
    public HostedTurn? TakeTurn(LedgerTime now)
    {
        lock (_gate)
        {
            _isQueued = false;
            if (!IsTurn)
            {
                return null;
            }

            var message = MessageIds.OfHosted(hosting.Id, _state.Id, _state.BargainingSeq, _turnAt, now);
            var decided = hosting.Decide(this, own, _state, _past);
            return new HostedTurn(
                Conduct.ActOf(decided ?? NegotiatorAct.End, message, own, _state), decided is null);
        }
    }

    /// <summary>The market refused what was decided on a version: that version is not decided again.</summary>
    public void GiveUp(long seq)
    {
        lock (_gate)
        {
            _doneWith = seq;
        }
    }

    /// <summary>What was refused may be taken now: the version is decided again.</summary>
    public void Reconsider()
    {
        lock (_gate)
        {
            _doneWith = 0;
        }
    }

    /// <summary>The hosting conducts it no more.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isLeft = true;
            hosting.Forget(this);
        }
    }

    private bool IsTurn => !_isLeft && _state.BargainingSeq != _doneWith && Conduct.IsTurnOf(own, _state);
}
