using Market.Domain.Negotiating;

namespace Market.Simulations.LanguageModels;

/// <summary>An offer that a negotiator remembers.</summary>
/// <param name="Round">Its round, from 0.</param>
/// <param name="IsOwn">Whether it was its own.</param>
/// <param name="Outcome">What was offered.</param>
internal readonly record struct HistoryLine(int Round, bool IsOwn, Outcome Outcome);
