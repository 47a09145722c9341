using Market.Grains.Journaling;

namespace Market.Testing.Faults;

/// <summary>
/// Tells outcomes in the order of the appends, as the contract asks, also where a fault knows a later one first.
/// </summary>
internal sealed class OrderedOutcomes
{
    private readonly Lock _gate = new();
    private readonly Queue<FaultAppend> _untold = new();
    private bool _isTelling;

    /// <summary>Takes the next append, before its outcome can be known.</summary>
    public void Enter(FaultAppend append)
    {
        lock (_gate)
        {
            _untold.Enqueue(append);
        }
    }

    /// <summary>Takes an outcome, and tells all that are next.</summary>
    public void Know(FaultAppend append, AppendOutcome outcome, Exception? error)
    {
        lock (_gate)
        {
            append.SetOutcome(outcome, error);
            if (_isTelling)
            {
                return; // whoever tells outcomes now tells this one too, in order
            }

            _isTelling = true;
        }

        while (TakeNext() is { } next)
        {
            next.Tell();
        }
    }

    private FaultAppend? TakeNext()
    {
        lock (_gate)
        {
            if (_untold.TryPeek(out var next) && next.IsKnown)
            {
                return _untold.Dequeue();
            }

            _isTelling = false;
            return null;
        }
    }
}
