using Market.Domain.Strategies;

namespace Market.Simulations.Running.Users;

/// <summary>The offers that a strategy learns of in its turn, kept until it acts: then its own code runs.</summary>
internal sealed class SeenOffers
{
    private readonly List<(int Place, int Offer)> _offers = [];

    /// <summary>The offers, with who made them: places after the own one in the order of play.</summary>
    public IReadOnlyList<(int Place, int Offer)> Offers => _offers;

    /// <summary>Keeps one.</summary>
    public void Add(int place, int offer) => _offers.Add((place, offer));

    /// <summary>Forgets them.</summary>
    public void Clear() => _offers.Clear();

    /// <summary>Tells a strategy of them in their order, then lets it act; they are forgotten.</summary>
    public TurnAct Play(RankedNegotiator strategy, in TurnView turn)
    {
        foreach (var (place, offer) in _offers)
        {
            strategy.Observe(place, offer, turn);
        }

        Clear();
        return strategy.Act(turn);
    }
}
