using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.House;

/// <summary>An agent's strategy, with its offers counted for the display.</summary>
/// <param name="own">The agent whose preferences it follows.</param>
/// <param name="progress">Counts offers.</param>
internal sealed class HouseStrategy(HouseAgent own, DemoProgress progress) : INegotiator
{
    private readonly TimeDependent _strategy = new(own.Secret.Strategy, new RankedOutcomes(own.Secret.Utility));

    /// <summary>Whether any outcome is worth more to the agent than none.</summary>
    public bool HasAnythingToGain => _strategy.Own.RationalCount > 0;

    /// <inheritdoc/>
    public NegotiatorAct Act(in NegotiationView view)
    {
        var act = _strategy.Act(view);
        if (act.Kind == NegotiatorActKind.Propose)
        {
            progress.CountOffers(1);
        }

        return act;
    }
}
