using System.Runtime.ExceptionServices;
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
        // The clock is stopped outside of any catch or finally: a thread cannot be stopped inside of one.
        ExceptionDispatchInfo? thrown = null;
        NegotiatorAct act = default;
        clock.Start(seat);
        try
        {
            _strategy ??= make();
            act = _strategy.Act(view);
        }
        catch (Exception e) when (e is not ThreadAbortException)
        {
            thrown = ExceptionDispatchInfo.Capture(e);
        }

        clock.Stop();
        thrown?.Throw();
        return act;
    }
}
