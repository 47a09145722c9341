using System.Collections.Concurrent;
using System.Globalization;
using Market.Domain.Strategies;
using Market.Simulations.Running;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// The strategies of a run that are language models: one client a model, shared by all negotiations, and an account of
/// each negotiator. Thread-safe.
/// </summary>
/// <param name="settings">Where models are, and how they are asked.</param>
/// <param name="cancellation">The run is stopped: calls that are under way end, and their negotiation counts for
/// nothing.</param>
internal sealed class ModelStrategies(LanguageModelSettings settings, CancellationToken cancellation) : IDisposable
{
    private readonly ConcurrentDictionary<string, IChatClient> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<ModelSeat> _seats = [];

    /// <summary>Where models are, and how they are asked.</summary>
    public LanguageModelSettings Settings => settings;

    /// <summary>What every negotiator has used up, by strategy and seed.</summary>
    public IReadOnlyList<ModelSeat> Seats =>
        [.. _seats.OrderBy(static seat => seat.Strategy, StringComparer.Ordinal).ThenBy(static seat => seat.Seed)];

    /// <summary>The strategy of a name of the family.</summary>
    /// <exception cref="RunRefusedException">It names no model, or there is no address for it.</exception>
    public RunStrategy Find(string name)
    {
        if (settings.ProblemWith(name) is { } problem)
        {
            throw new RunRefusedException(problem);
        }

        // A model gives other answers another time, so meeting it again is a repetition.
        return new RunStrategy(name, UsesChance: true, (own, seed) => Create(name, own, seed)) { IsModel = true };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private BlockingNegotiator Create(string name, RankedOutcomes own, ulong seed)
    {
        var client = _clients.GetOrAdd(name, settings.ConnectTo);
        var negotiator = settings.Create(client, own, seed: seed);
        _seats.Add(new ModelSeat(name, seed.ToString(CultureInfo.InvariantCulture), negotiator.Account));
        return new BlockingNegotiator(negotiator, cancellation);
    }
}
