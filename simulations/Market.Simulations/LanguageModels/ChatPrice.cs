namespace Market.Simulations.LanguageModels;

/// <summary>What a provider asks for tokens.</summary>
/// <param name="InputPerMillion">Price of a million input tokens, in the currency that the user thinks in.</param>
/// <param name="OutputPerMillion">Price of a million output tokens.</param>
internal readonly record struct ChatPrice(decimal InputPerMillion, decimal OutputPerMillion)
{
    private const decimal Million = 1_000_000m;

    /// <summary>The price of so many tokens.</summary>
    public decimal Of(long inputTokens, long outputTokens) =>
        ((inputTokens * InputPerMillion) + (outputTokens * OutputPerMillion)) / Million;
}
