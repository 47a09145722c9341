using Market.Domain.Strategies;

namespace Market.Simulations.Running.Users;

/// <summary>A foreign strategy whose every act is timed; its making counts as a part of its first act.</summary>
/// <param name="make">Makes the strategy.</param>
/// <param name="seat">Its seat from 0.</param>
/// <param name="clock">What times it.</param>
internal sealed class TimedNegotiator(Func<INegotiator> make, int seat, ActClock clock) : INegotiator
{
    private INegotiator? _strategy;

    /// <inheritdoc/>
    public NegotiatorAct Act(in NegotiationView view)
    {
        clock.Start(seat);
        try
        {
            _strategy ??= make();
            return _strategy.Act(view);
        }
        finally
        {
            clock.Stop();
        }
    }
}
