using Market.Domain.Strategies;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>How well a model knew a party after one of its offers.</summary>
/// <param name="Round">The round of the offer, from 0.</param>
/// <param name="Party">The party watched, from 1 in the order of play.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Score">Its errors against what the party really wants.</param>
internal readonly record struct WatchedOffer(int Round, int Party, string Model, ModelScore Score);

/// <summary>
/// Opponent models that watch every party of a negotiation, whatever strategies play, and are scored after each offer.
/// </summary>
internal sealed class WatchingModels
{
    private readonly IReadOnlyList<string> _names;
    private readonly StageBench _bench;

    /// <summary>Prepares them.</summary>
    /// <param name="names">Names of models.</param>
    /// <param name="bench">The scenario.</param>
    /// <exception cref="RunRefusedException">There is no such model, or it does not fit the scenario.</exception>
    public WatchingModels(IReadOnlyList<string> names, StageBench bench)
    {
        (_names, _bench) = (names, bench);
        foreach (var name in names)
        {
            Make(name);
        }
    }

    /// <summary>What they learnt from a negotiation, in the order of the offers.</summary>
    /// <param name="row">How it ended.</param>
    /// <param name="log">Its acts.</param>
    public IReadOnlyList<WatchedOffer> Scores(NegotiationRow row, ActLog log)
    {
        var watched = new List<WatchedOffer>();
        var seats = _bench.Seats(row.Rotation);
        for (var party = 0; party < seats.Count; party++)
        {
            foreach (var name in _names)
            {
                var watch = new ModelWatch(Make(name), new ModelScorer(seats[party]), party, row.RoundsMax);
                foreach (var act in log.Trace)
                {
                    watch.Acted(act);
                }

                watched.AddRange(watch.Scores.Select(
                    seen => new WatchedOffer(seen.Round, party + 1, name, seen.Score)));
            }
        }

        return [.. watched.OrderBy(offer => offer.Round).ThenBy(offer => offer.Party)];
    }

    private OpponentModel Make(string name)
    {
        try
        {
            return OpponentModelCatalog.Create(name, _bench.Ranked[0].Space);
        }
        catch (Exception e) when (e is UnknownStrategyException or ArgumentException)
        {
            throw new RunRefusedException($"--watch {name}: {e.Message}", e);
        }
    }
}
