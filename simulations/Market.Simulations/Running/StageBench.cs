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
    private readonly ValueArray<RankedOutcomes>[] _seats;
    private readonly ValueArray<Party?>[] _sides;
    private readonly ConcurrentDictionary<(int Agreement, int Rotation), EndFacts> _facts = new();

    private StageBench(Scenario scenario, int partiesMax)
    {
        Scenario = scenario;
        Ranked = scenario.Profiles.Select(profile => new RankedOutcomes(profile.Utility)).ToValueArray();
        _optimality = [.. Enumerable.Range(0, Ranked.Count).Select(
            rotation => new Lazy<Optimality>(() => new Optimality(Seats(rotation).AsSpan())))];
        Money = ScenarioMoney.Of(scenario);
        var sides = scenario.Profiles
            .Select((profile, number) => AnomalyWords.SideOf(profile.Name) ?? Money?.SideOf(number))
            .ToValueArray();
        _seats = [.. Enumerable.Range(0, Ranked.Count).Select(rotation => Rotated(Ranked, rotation))];
        _sides = [.. Enumerable.Range(0, Ranked.Count).Select(rotation => Rotated(sides, rotation))];
        Offers = new OfferTexts(this, partiesMax);
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>Its outcomes, ranked by each profile.</summary>
    public ValueArray<RankedOutcomes> Ranked { get; }

    /// <summary>What it says of money; null where no issue is a price.</summary>
    public ScenarioMoney? Money { get; }

    /// <summary>Its outcomes as they stand in offers.csv.</summary>
    public OfferTexts Offers { get; }

    /// <summary>Ranks a scenario, where it can be ranked.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="partiesMax">
    /// Parties of the run's largest negotiation; null where this scenario is alone.
    /// </param>
    /// <exception cref="RunRefusedException">It cannot.</exception>
    public static StageBench For(Scenario scenario, int? partiesMax = null)
    {
        try
        {
            return new StageBench(scenario, partiesMax ?? scenario.Profiles.Count);
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
    public ValueArray<RankedOutcomes> Seats(int rotation) => _seats[rotation];

    /// <summary>The side of each seat, where it is a buyer or a seller.</summary>
    /// <param name="rotation">By how many places profiles are rotated against seats.</param>
    public ReadOnlySpan<Party?> SidesOf(int rotation) => _sides[rotation].AsSpan();

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

    private static ValueArray<T> Rotated<T>(ValueArray<T> ofProfiles, int rotation) =>
        Enumerable.Range(0, ofProfiles.Count).Select(seat => ofProfiles[(seat + rotation) % ofProfiles.Count])
            .ToValueArray();
}
