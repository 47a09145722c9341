namespace Market.Domain.Strategies;

/// <summary>How alternating offers ended.</summary>
/// <param name="End">What ended them.</param>
/// <param name="Agreement">The index of what was agreed; <see cref="TurnView.NoOffer"/> without agreement.</param>
/// <param name="Rounds">Rounds begun.</param>
/// <param name="Offers">Offers made by all.</param>
/// <param name="By">
/// Who accepted last, ended it or failed, from 0 in the order of play; −1 when the rounds ran out.
/// </param>
/// <param name="Failure">What a strategy did wrong, in a sentence; null where none did.</param>
public readonly record struct AlternatingOffersResult(
    AlternatingOffersEnd End, int Agreement, int Rounds, int Offers, int By, string? Failure = null)
{
    /// <summary>Whether there was an agreement.</summary>
    public bool IsAgreement => End == AlternatingOffersEnd.Agreement;
}
