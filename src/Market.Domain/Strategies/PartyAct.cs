namespace Market.Domain.Strategies;

/// <summary>One act of alternating offers.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Party">Who acted, from 0 in the order of play.</param>
/// <param name="Kind">What it did.</param>
/// <param name="Outcome">The index of what was offered or accepted; <see cref="TurnView.NoOffer"/> for an end.</param>
public readonly record struct PartyAct(int Round, int Party, NegotiatorActKind Kind, int Outcome);
