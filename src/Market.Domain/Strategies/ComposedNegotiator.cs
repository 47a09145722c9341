namespace Market.Domain.Strategies;

/// <summary>
/// A strategy put together from how it offers, when it accepts, and what it learns of its counterparties: bidding,
/// opponent model and acceptance as in Baarslag et al., "Decoupling negotiating agents to explore the space of
/// negotiation strategies" (2014). With a model it offers, of the outcomes that are worth about what it was to offer,
/// the one that the model thinks best for the others.
/// </summary>
public sealed class ComposedNegotiator : RankedNegotiator
{
    /// <summary>
    /// How much more than the outcome to be offered another one may be worth to stand in for it, as a share of the
    /// range from lo to u_max.
    /// </summary>
    public const double WindowShare = 0.01;

    /// <summary>Most outcomes that stand in for one; the work of an offer is bounded by it.</summary>
    public const int CandidatesMax = 100;

    private readonly RankedNegotiator _offering;
    private readonly AcceptanceCondition? _acceptance;
    private readonly Func<OpponentModel>? _newModel;
    private readonly List<OpponentModel> _models = [];
    private readonly Stack<OpponentModel> _spare = []; // of earlier negotiations, restarted
    private int _bid;
    private bool _hasBid;

    /// <summary>Puts one together.</summary>
    /// <param name="offering">How it offers.</param>
    /// <param name="acceptance">When it accepts; null for the offering strategy's own rule.</param>
    /// <param name="newModel">Makes a model of one counterparty; null without one.</param>
    public ComposedNegotiator(
        RankedNegotiator offering, AcceptanceCondition? acceptance, Func<OpponentModel>? newModel = null)
        : base((offering ?? throw new ArgumentNullException(nameof(offering))).Own)
    {
        _offering = offering;
        _acceptance = acceptance;
        _newModel = newModel;
    }

    /// <summary>How it offers.</summary>
    public RankedNegotiator Offering => _offering;

    /// <summary>What it has learnt, a model a counterparty in the order of play; empty without models.</summary>
    public IReadOnlyList<OpponentModel> Models => _models;

    /// <inheritdoc/>
    public override void Restart(ulong seed)
    {
        _offering.Restart(seed);
        _acceptance?.Restart();
        _hasBid = false;
        foreach (var model in _models)
        {
            model.Restart();
            _spare.Push(model);
        }

        // A counterparty is modelled from its first offer on, in a restarted strategy as in a new one.
        _models.Clear();
    }

    /// <inheritdoc/>
    public override void Observe(int party, int offer, in TurnView turn)
    {
        _offering.Observe(party, offer, turn);
        if (_newModel is null)
        {
            return;
        }

        while (_models.Count < party)
        {
            _models.Add(_spare.TryPop(out var spare) ? spare : _newModel());
        }

        _models[party - 1].Observe(offer, turn.RelativeTime);
    }

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn)
    {
        if (_acceptance is null)
        {
            return _offering.Accepts(turn);
        }

        _bid = Find(turn);
        _hasBid = true;
        return _acceptance.Accepts(Own.UtilityOf(turn.Offer), Own.UtilityOfEnd(_bid), turn);
    }

    /// <inheritdoc/>
    public override int Bid(in TurnView turn)
    {
        // What was found to compare the offer with is what is offered: finding it again may roll dice again.
        var bid = _hasBid ? _bid : Find(turn);
        _hasBid = false;
        return bid;
    }

    private int Find(in TurnView turn)
    {
        var bid = _offering.Bid(turn);
        return bid < 0 || _models.Count == 0 ? bid : BestForOthers(bid);
    }

    private int BestForOthers(int bid)
    {
        var least = Own.UtilityOf(bid);
        var most = least + (WindowShare * (Own.UtilityMax - Own.UtilityLow));
        var first = Own.FirstRankAtLeast(least);
        var best = bid;
        var bestEstimate = Estimate(bid);
        var utilities = Own.RankedUtilities;
        var indices = Own.RankedIndices;
        var end = Math.Min(utilities.Length, first + CandidatesMax);
        for (var rank = first; rank < end && utilities[rank] <= most; rank++)
        {
            var estimate = Estimate(indices[rank]);
            if (estimate > bestEstimate || (estimate == bestEstimate && indices[rank] < best))
            {
                (best, bestEstimate) = (indices[rank], estimate);
            }
        }

        return best;
    }

    private double Estimate(int outcome)
    {
        var sum = 0.0;
        foreach (var model in _models)
        {
            sum += model.Estimate(outcome);
        }

        return sum;
    }
}
