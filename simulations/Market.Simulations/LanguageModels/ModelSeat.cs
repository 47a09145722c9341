namespace Market.Simulations.LanguageModels;

/// <summary>One negotiator of a run and what it has used up.</summary>
/// <param name="Strategy">Its strategy's name.</param>
/// <param name="Seed">The seed of its seat, which the run derives from the negotiation's.</param>
/// <param name="Account">What it has used up.</param>
internal sealed record ModelSeat(string Strategy, string Seed, ChatAccount Account);
