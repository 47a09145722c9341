using Market.Domain.Strategies;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// Lets an engine that does not wait run a negotiator that takes its time: the calling thread waits for it.
/// </summary>
/// <param name="negotiator">The negotiator.</param>
/// <param name="cancellationToken">The run is stopped.</param>
internal sealed class BlockingNegotiator(
    IAsyncNegotiator negotiator, CancellationToken cancellationToken = default) : INegotiator
{
    /// <inheritdoc/>
    public NegotiatorAct Act(in NegotiationView view) =>
        negotiator.ActAsync(view, cancellationToken).AsTask().GetAwaiter().GetResult();
}
