namespace Market.Simulations.LanguageModels;

/// <summary>Why an answer of a model was not used. Each is counted; none of them ends a negotiation.</summary>
internal enum ChatProblem
{
    /// <summary>It was neither a call of one of the tools nor JSON of the schema.</summary>
    Malformed,

    /// <summary>It called a tool that there is not, or more than one at once.</summary>
    WrongTool,

    /// <summary>The model declined to answer, or its provider filtered the answer.</summary>
    Refusal,

    /// <summary>The answer was cut off at its largest length.</summary>
    Truncated,

    /// <summary>It proposed values that the agenda does not allow.</summary>
    OutOfAgenda,

    /// <summary>It would have offered or accepted less than the own limit.</summary>
    BelowLimit,

    /// <summary>It accepted where no offer stands.</summary>
    NothingToAccept,

    /// <summary>It did not come in time.</summary>
    TimeOut,

    /// <summary>The provider failed, also after the client's own retries.</summary>
    ProviderError,
}
