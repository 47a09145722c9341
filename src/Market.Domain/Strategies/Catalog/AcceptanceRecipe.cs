namespace Market.Domain.Strategies;

/// <summary>How to make an acceptance condition.</summary>
/// <param name="Name">Its name with its parameters.</param>
/// <param name="Make">Makes one for a negotiation.</param>
/// <param name="KeepsState">Whether it remembers earlier turns.</param>
internal sealed record AcceptanceRecipe(string Name, Func<AcceptanceCondition> Make, bool KeepsState = false);
