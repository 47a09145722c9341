using Market.Client;
using Market.Domain.Negotiating;

namespace Market.Chaos.Killing;

/// <summary>
/// What an agent of the load does at each of its turns: accept, counter, counter and take it back at once, turn down,
/// leave. It means nothing by it; every negotiation comes to its end in a few acts.
/// </summary>
internal static class TradingScript
{
    private const int LongestDelivery = 10;

    /// <summary>Plays one side of a negotiation to its end, its settlement included.</summary>
    public static async Task PlayAsync(Negotiation negotiation, Random random)
    {
        await foreach (var turn in negotiation.TurnsAsync())
        {
            if (!turn.HasEnded)
            {
                await ActAsync(turn, random);
            }
        }
    }

    /// <summary>Some outcome of the wares' agenda.</summary>
    public static Outcome AnyOutcome(Random random) => Wares.At(
        random.NextInt64(Wares.PriceMin, Wares.PriceMax + 1), random.Next(1, LongestDelivery + 1));

    /// <summary>Some offer, mostly a firm one.</summary>
    public static ProposedOffer AnyOffer(Random random)
    {
        var outcome = AnyOutcome(random);
        var terms = new Terms(outcome, outcome[0]);
        return random.Next(100) < 90 ? ProposedOffer.Firm(terms) : ProposedOffer.Indicative(terms);
    }

    private static async Task ActAsync(NegotiationTurn turn, Random random)
    {
        var roll = random.Next(100);
        if (turn.CounterpartyOffer is { Binding: OfferBinding.Firm } && roll < 45)
        {
            await ExpectAsync(turn.TryAcceptAsync());
        }
        else if (roll < 55 || turn.State.RoundsAreExhausted)
        {
            await ExpectAsync(turn.TryEndAsync(ReasonCode.Price));
        }
        else if (await ExpectAsync(turn.TryOfferAsync(AnyOffer(random))) && roll >= 85)
        {
            // The counterparty has been told of the offer and may be accepting it at this moment.
            await ExpectAsync(turn.Negotiation.TryWithdrawOfferAsync());
        }
    }

    /// <summary>
    /// Whether an act was recorded; it may be refused because the other side was faster, and for nothing else.
    /// </summary>
    private static async Task<bool> ExpectAsync(Task<ActResult> act)
    {
        var result = await act;
        return result.IsRecorded || result.Refused.IsRace
            ? result.IsRecorded
            : throw new RunFailedException($"An act was refused: {result.Refused}");
    }
}
