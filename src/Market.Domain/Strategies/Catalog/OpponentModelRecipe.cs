namespace Market.Domain.Strategies;

/// <summary>How to make an opponent model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Make">Makes one of a counterparty, over the outcomes.</param>
internal sealed record OpponentModelRecipe(
    string Name, string Description, Func<OutcomeSpace, OpponentModel> Make);
