using Market.Domain.Strategies;
using Market.Simulations.LanguageModels.OpenAI;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels;

/// <summary>Where models are, and how they are asked: what a command was given.</summary>
/// <param name="Endpoint">The address of a server that speaks the chat-completions protocol; null where none was given.
/// </param>
/// <param name="DefaultModel">The model of the strategy "llm"; null where none was given.</param>
/// <param name="Key">The key.</param>
/// <param name="Negotiator">How each negotiator asks.</param>
/// <param name="Fallback">The strategy that decides what a model did not; null to repeat the last offer.</param>
/// <param name="IsDryRun">Whether prompts are shown and nothing is called.</param>
internal sealed record LanguageModelSettings(
    Uri? Endpoint,
    string? DefaultModel,
    string Key,
    ChatNegotiatorOptions Negotiator,
    string? Fallback,
    bool IsDryRun)
{
    /// <summary>The family of strategies that are models: "llm:NAME", or "llm" for the default model.</summary>
    public const string Family = "llm";

    private const string Prefix = Family + ":";

    /// <summary>Whether a strategy's name is one of a model.</summary>
    public static bool IsModel(string strategy) =>
        strategy.Equals(Family, StringComparison.OrdinalIgnoreCase)
        || strategy.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with using a strategy of this family, in a line; null if nothing is.</summary>
    public string? ProblemWith(string strategy)
    {
        if (string.IsNullOrWhiteSpace(ModelOf(strategy)))
        {
            return $"The strategy '{strategy}' names no model: write {Prefix}NAME, or give --model NAME.";
        }

        return Endpoint is null && !IsDryRun
            ? $"The strategy '{strategy}' needs --llm-endpoint URL, such as https://api.openai.com/v1."
            : null;
    }

    /// <summary>The client of a strategy's model; the caller disposes it, and shares it between negotiations.</summary>
    /// <exception cref="InvalidOperationException">See <see cref="ProblemWith"/>.</exception>
    public IChatClient ConnectTo(string strategy) => ProblemWith(strategy) is { } problem || Endpoint is null
        ? throw new InvalidOperationException(ProblemWith(strategy) ?? "There is no endpoint.")
        : OpenAIChatModel.At(Endpoint, ModelOf(strategy)!, Key);

    /// <summary>A negotiator for one negotiation.</summary>
    /// <param name="model">The model.</param>
    /// <param name="own">The own outcomes, ranked.</param>
    /// <param name="talk">The words beside the offers; null where there are none.</param>
    /// <param name="seed">Of the fallback's chance, if it uses any.</param>
    /// <exception cref="UnknownStrategyException">There is no fallback of that name.</exception>
    public ChatNegotiator Create(IChatClient model, RankedOutcomes own, ITalk? talk = null, ulong seed = 0) => new(
        model, own, Negotiator, Fallback is null ? null : StrategyCatalog.Create(Fallback, own, seed), talk);

    /// <summary>The first prompt of a negotiation, for people; nothing is called.</summary>
    public string DryRun(RankedOutcomes own, in NegotiationView view)
    {
        using var nobody = new Scripted.ScriptedChatClient(static _ =>
            throw new InvalidOperationException("A dry run calls nothing."));
        return ChatPrompt.Show(Create(nobody, own).PromptFor(view));
    }

    private string? ModelOf(string strategy) =>
        strategy.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? strategy[Prefix.Length..] : DefaultModel;
}
