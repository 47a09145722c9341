using Market.Domain;
using Market.Domain.Tendering;

namespace Market.Client.Following;

/// <summary>Tells who waits for it that a tender's window has ended. It keeps nothing for anybody else.</summary>
internal sealed class TenderWatch
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TenderId, List<TaskCompletionSource<TenderEvent>>> _waiting = [];

    /// <summary>
    /// The event that ends a tender's window: its reveal or its cancellation. Asked before the market is asked whether
    /// it has come already.
    /// </summary>
    public TaskCompletionSource<TenderEvent> Expect(TenderId tender)
    {
        var waiting = new TaskCompletionSource<TenderEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            (_waiting.TryGetValue(tender, out var others) ? others : _waiting[tender] = []).Add(waiting);
        }

        return waiting;
    }

    /// <summary>Who expected it waits no more.</summary>
    public void Forget(TenderId tender, TaskCompletionSource<TenderEvent> waiting)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(tender, out var all) && all.Remove(waiting) && all.Count == 0)
            {
                _waiting.Remove(tender);
            }
        }
    }

    /// <summary>Takes an event.</summary>
    public void Take(AgentEvent @event)
    {
        if (@event is not (TenderRevealed or TenderCancelled))
        {
            return;
        }

        var end = (TenderEvent)@event;
        List<TaskCompletionSource<TenderEvent>>? all;
        lock (_gate)
        {
            _waiting.Remove(end.Tender, out all);
        }

        all?.ForEach(waiting => waiting.TrySetResult(end));
    }

    /// <summary>No event will come any more.</summary>
    public void End(Exception reason)
    {
        lock (_gate)
        {
            foreach (var waiting in _waiting.Values.SelectMany(all => all))
            {
                waiting.TrySetException(reason);
            }
        }
    }
}
