namespace Market.Silo.Commands.Demo;

/// <summary>An agent that answers whoever opens a negotiation with it.</summary>
internal abstract class DemoSeller : DemoAgent
{
    /// <summary>Serves buyers until the market closes.</summary>
    /// <param name="tasks">Where the seller may start a task a buyer.</param>
    /// <param name="cancellationToken">The market closes.</param>
    public async Task ServeAsync(DemoTasks tasks, CancellationToken cancellationToken)
    {
        Begin(tasks);
        await foreach (var negotiation in Market.NegotiationsAsync(cancellationToken).ConfigureAwait(false))
        {
            await ServeAsync(negotiation, tasks, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts what the seller does beside answering; nothing, unless a class says otherwise.</summary>
    protected virtual void Begin(DemoTasks tasks)
    {
    }

    /// <summary>Takes up one negotiation; the next one is taken up when this returns.</summary>
    protected abstract Task ServeAsync(
        Client.Negotiation negotiation, DemoTasks tasks, CancellationToken cancellationToken);
}
