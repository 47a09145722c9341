using System.Collections.Concurrent;
using Market.Domain;
using Market.Domain.Negotiating;
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

    private readonly Lazy<Optimality>[] _optimality;
    private readonly ConcurrentDictionary<(int Agreement, int Rotation), EndFacts> _facts = new();

    private StageBench(Scenario scenario)
    {
        Scenario = scenario;
        Ranked = scenario.Profiles.Select(profile => new RankedOutcomes(profile.Utility)).ToValueArray();
        _optimality = [.. Enumerable.Range(0, Ranked.Count).Select(
            rotation => new Lazy<Optimality>(() => new Optimality(Seats(rotation).AsSpan())))];
        Sides = scenario.Profiles.Select(profile => AnomalyWords.SideOf(profile.Name)).ToValueArray();
        Offers = new OfferTexts(this);
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>Its outcomes, ranked by each profile.</summary>
    public ValueArray<RankedOutcomes> Ranked { get; }

    /// <summary>The side of each profile, where it is a buyer or a seller.</summary>
    public ValueArray<Party?> Sides { get; }

    /// <summary>Its outcomes as they stand in offers.csv.</summary>
    public OfferTexts Offers { get; }

    /// <summary>Ranks a scenario, where it can be ranked.</summary>
    /// <exception cref="RunRefusedException">It cannot.</exception>
    public static StageBench For(Scenario scenario)
    {
        try
        {
            return new StageBench(scenario);
        }
        catch (Exception e) when (e is OutcomeSpaceTooLargeException or ArgumentException)
        {
            throw new RunRefusedException($"The scenario {scenario.Name} cannot be played: {e.Message}", e);
        }
    }

    /// <summary>The frontier with its solution points, for the seats in their order.</summary>
    /// <param name="rotation">By how many places profiles are rotated against seats.</param>
    public Optimality OptimalityOf(int rotation) => _optimality[rotation].Value;

    /// <summary>The outcomes as each seat ranks them.</summary>
    /// <param name="rotation">By how many places profiles are rotated against seats.</param>
    public ValueArray<RankedOutcomes> Seats(int rotation) => rotation == 0
        ? Ranked
        : Enumerable.Range(0, Ranked.Count).Select(seat => Ranked[(seat + rotation) % Ranked.Count]).ToValueArray();

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
