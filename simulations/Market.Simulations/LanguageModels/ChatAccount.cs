using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// What one negotiator has asked of its model: calls, tokens, their cost, and every answer that was of no use. One a
/// negotiation; its negotiator alone writes it.
/// </summary>
/// <param name="price">What tokens cost; the default where nobody said, and everything costs 0.</param>
internal sealed class ChatAccount(ChatPrice price)
{
    private readonly long[] _problems = new long[Enum.GetValues<ChatProblem>().Length];

    /// <summary>Calls made, those that failed included; retries inside the client are not calls.</summary>
    public long Calls { get; private set; }

    /// <summary>Tokens of all prompts, as the provider counts them; 0 where it does not say.</summary>
    public long InputTokens { get; private set; }

    /// <summary>Tokens of all answers.</summary>
    public long OutputTokens { get; private set; }

    /// <summary>What the tokens cost.</summary>
    public decimal Cost => price.Of(InputTokens, OutputTokens);

    /// <summary>Turns that the fallback decided, since no answer of the model could be used.</summary>
    public long Fallbacks { get; private set; }

    /// <summary>Turns that the fallback decided, since the calls or tokens of the negotiation were used up.</summary>
    public long BudgetStops { get; private set; }

    /// <summary>Texts of the counterparty that were cut at their largest length.</summary>
    public long TextsCut { get; private set; }

    /// <summary>Messages that were sent to the counterparty.</summary>
    public long MessagesSent { get; private set; }

    /// <summary>Messages that were held back: they named a number that is not public, or nobody took them.</summary>
    public long MessagesWithheld { get; private set; }

    /// <summary>What the provider last failed with; null where it never did.</summary>
    public string? LastProviderError { get; private set; }

    /// <summary>All answers that were not used.</summary>
    public long ProblemsInAll => _problems.Sum();

    /// <summary>How often an answer was not used for this reason.</summary>
    public long CountOf(ChatProblem problem) => _problems[(int)problem];

    /// <summary>Whether a negotiation may call once more.</summary>
    public bool IsWithin(ChatNegotiatorOptions options) =>
        Calls < options.CallsMax && InputTokens + OutputTokens < options.TokensMax;

    internal void AddCall() => Calls++;

    internal void Add(UsageDetails? usage)
    {
        InputTokens += Math.Max(0, usage?.InputTokenCount ?? 0);
        OutputTokens += Math.Max(0, usage?.OutputTokenCount ?? 0);
    }

    internal void Add(ChatProblem problem, string? providerError = null)
    {
        _problems[(int)problem]++;
        LastProviderError = providerError ?? LastProviderError;
    }

    internal void AddFallback() => Fallbacks++;

    internal void AddBudgetStop() => BudgetStops++;

    internal void AddCutTexts(int count) => TextsCut += count;

    internal void AddMessage(bool isSent)
    {
        MessagesSent += isSent ? 1 : 0;
        MessagesWithheld += isSent ? 0 : 1;
    }
}
