using Market.Domain.Strategies;

namespace Market.Client;

/// <content>Strategies that conduct the negotiation.</content>
public sealed partial class Negotiation
{
    /// <summary>Lets a strategy conduct the negotiation to its end; every offer it proposes is firm.</summary>
    /// <param name="strategy">Decides whenever it is this agent's turn; one instance for one negotiation if it has
    /// state.</param>
    /// <param name="cancellationToken">Stops conducting; the negotiation stays as it is.</param>
    /// <returns>The end, with the settled deal if there is one.</returns>
    /// <exception cref="MarketRefusedException">
    /// The market refuses an act for another reason than that the counterparty was quicker.
    /// </exception>
    /// <remarks>
    /// By the protocol of stacked alternating offers there is no agreement after the last round: a side whose turn
    /// comes
    /// then ends the negotiation without asking its strategy. A side that has made its final offer ends it where its
    /// strategy would make another.
    /// </remarks>
    public Task<NegotiationResult> RunAsync(INegotiator strategy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return RunAsync((view, _) => ValueTask.FromResult(strategy.Act(view)), cancellationToken);
    }

    /// <summary>
    /// Lets a strategy that takes its time, such as a language model, conduct the negotiation to its end.
    /// </summary>
    /// <inheritdoc cref="RunAsync(INegotiator, CancellationToken)"/>
    public Task<NegotiationResult> RunAsync(IAsyncNegotiator strategy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return RunAsync(strategy.ActAsync, cancellationToken);
    }

    private async Task<NegotiationResult> RunAsync(
        Func<NegotiationView, CancellationToken, ValueTask<NegotiatorAct>> decide, CancellationToken cancellationToken)
    {
        await foreach (var turn in TurnsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (turn.HasEnded)
            {
                break;
            }

            var act = turn.State.RoundsAreExhausted
                ? NegotiatorAct.End
                : await decide(turn.State.View, cancellationToken).ConfigureAwait(false);
            var result = await PerformAsync(turn, act, cancellationToken).ConfigureAwait(false);
            if (result is { IsRecorded: false, Refused.IsRace: false })
            {
                throw new MarketRefusedException(result.Refused);
            }
        }

        var end = State;
        return new NegotiationResult(end, Deal.Of(_folded.Market, end));
    }

    private static Task<ActResult> PerformAsync(
        NegotiationTurn turn, NegotiatorAct act, CancellationToken cancellationToken) => act.Kind switch
        {
            NegotiatorActKind.Propose when !turn.State.HasMadeFinalOffer =>
                turn.TryOfferAsync(Firm(turn.State, act.Outcome, null), cancellationToken),
            NegotiatorActKind.Accept => turn.TryAcceptAsync(cancellationToken),
            _ => turn.TryEndAsync(cancellationToken: cancellationToken),
        };
}
