using System.Collections.Concurrent;
using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Running;

/// <summary>
/// What all negotiations of one scenario share: the outcomes ranked by each profile, the frontier with its solution
/// points, and what each end that has occurred is worth. Thread-safe; made once a stage.
/// </summary>
internal sealed class StageBench
{
    private const int FactsMax = 50_000; // some 25 MB

    private readonly ConcurrentDictionary<(int Agreement, int Rotation), EndFacts> _facts = new();

    /// <summary>Ranks a scenario.</summary>
    /// <exception cref="OutcomeSpaceTooLargeException">It has too many outcomes.</exception>
    /// <exception cref="ArgumentException">A utility is not finite.</exception>
    public StageBench(Scenario scenario)
    {
        Scenario = scenario;
        Ranked = scenario.Profiles.Select(profile => new RankedOutcomes(profile.Utility)).ToValueArray();
        Optimality = new Optimality(Ranked);
        Offers = new OfferTexts(this);
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>Its outcomes, ranked by each profile.</summary>
    public ValueArray<RankedOutcomes> Ranked { get; }

    /// <summary>Its frontier and solution points.</summary>
    public Optimality Optimality { get; }

    /// <summary>Its outcomes as they stand in offers.csv.</summary>
    public OfferTexts Offers { get; }

    /// <summary>What an end is worth.</summary>
    /// <param name="agreement">The index of the agreement, or <see cref="TurnView.NoOffer"/>.</param>
    /// <param name="rotation">By how many places profiles are rotated against seats.</param>
    public EndFacts FactsOf(int agreement, int rotation)
    {
        if (_facts.TryGetValue((agreement, rotation), out var known))
        {
            return known;
        }

        var facts = EndFacts.Of(this, agreement, rotation);
        if (_facts.Count < FactsMax)
        {
            _facts.TryAdd((agreement, rotation), facts);
        }

        return facts;
    }
}
