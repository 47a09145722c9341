namespace Market.Simulations.LanguageModels;

/// <summary>In which form a model is asked to say what it does.</summary>
internal enum ChatAnswerForm
{
    /// <summary>A call of one of the tools propose, accept and end.</summary>
    ToolCall,

    /// <summary>A JSON object of one schema, for models without tools.</summary>
    StructuredOutput,
}

/// <summary>Whether the call that decides sees what the counterparty wrote.</summary>
internal enum TextExposure
{
    /// <summary>
    /// Never: acts are decided on numbers alone, and the counterparty's words reach only the call that answers words.
    /// So no text can change a deal, whatever the model does.
    /// </summary>
    Separate,

    /// <summary>
    /// Marked as untrusted, beside the numbers: for research into what such texts do. The limits hold; within them the
    /// deal may change.
    /// </summary>
    Shown,
}

/// <summary>How a language model is asked, and what it may use up. All limits are a negotiation's.</summary>
internal sealed record ChatNegotiatorOptions
{
    /// <summary>The options that nobody changed.</summary>
    public static ChatNegotiatorOptions Default { get; } = new();

    /// <summary>In which form the model answers.</summary>
    public ChatAnswerForm AnswerForm { get; init; }

    /// <summary>Whether answers are streamed, for servers that only do that.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether the call that decides sees the counterparty's words.</summary>
    public TextExposure Exposure { get; init; }

    /// <summary>
    /// Whether the names of issues and choices are the own side's, such as a scenario's. If not, they are the
    /// counterparty's words like any other, and the call that decides is given numbers in their place.
    /// </summary>
    public bool AreLabelsTrusted { get; init; } = true;

    /// <summary>
    /// Whether the model is told that it buys or sells. Not where sides are only places, as in scenarios: what it wants
    /// is in its utilities.
    /// </summary>
    public bool TellsSide { get; init; } = true;

    /// <summary>Calls for one turn before the fallback decides it.</summary>
    public int AttemptsMax { get; init; } = 3;

    /// <summary>How long one call may take, the client's retries included.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Calls in all.</summary>
    public int CallsMax { get; init; } = 300;

    /// <summary>Tokens in all; the call that passes it is the last one.</summary>
    public long TokensMax { get; init; } = 1_000_000;

    /// <summary>Tokens of one answer.</summary>
    public int OutputTokensMax { get; init; } = 1_000;

    /// <summary>Temperature; null for the provider's own, since some models refuse any other.</summary>
    public float? Temperature { get; init; }

    /// <summary>A seed for providers that take one; null for none. It promises nothing.</summary>
    public long? Seed { get; init; }

    /// <summary>
    /// The least own utility to offer or accept, where it is above the reservation value; null for that value.
    /// </summary>
    public double? LeastUtility { get; init; }

    /// <summary>What tokens cost.</summary>
    public ChatPrice Price { get; init; }

    /// <summary>Characters of one text of the counterparty that are kept.</summary>
    public int TextCharactersMax { get; init; } = 2_000;

    /// <summary>Texts of the counterparty that are shown, the latest ones.</summary>
    public int TextsMax { get; init; } = 8;

    /// <summary>Offers of the history that are shown, the latest ones.</summary>
    public int HistoryMax { get; init; } = 20;
}
