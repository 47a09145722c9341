namespace Market.Domain.Strategies;

/// <summary>
/// A strategy that needs time to decide, such as a language model or a person. Only the contract is here, beside its
/// synchronous sibling, so that every host of strategies can take either; the domain itself never awaits one.
/// </summary>
public interface IAsyncNegotiator
{
    /// <summary>What to do now that it is this party's turn.</summary>
    /// <exception cref="OperationCanceledException">The host no longer wants the answer, for example after a
    /// deadline.</exception>
    ValueTask<NegotiatorAct> ActAsync(NegotiationView view, CancellationToken cancellationToken);
}
