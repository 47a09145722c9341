namespace Market.Domain.Admitting;

/// <summary>
/// Which rule of an admission policy an agent does not meet: the market's, at registration and whenever it connects, or
/// a counterparty's. Numbers 480x; 482x for setting a policy.
/// </summary>
public enum AdmissionRefusal : ushort
{
    /// <summary>Only agents that declare themselves artificial are admitted.</summary>
    AiNotDeclared = 4801,

    /// <summary>Only agents that say who operates them are admitted.</summary>
    OperatorNotDeclared = 4802,

    /// <summary>Only agents that say which model or strategy decides are admitted.</summary>
    ModelNotDeclared = 4803,

    /// <summary>Only agents that say the version of their model are admitted.</summary>
    VersionNotDeclared = 4804,

    /// <summary>The agent's operator is refused.</summary>
    OperatorIsRefused = 4805,

    /// <summary>Only agents of listed operators are admitted.</summary>
    OperatorIsNotListed = 4806,

    /// <summary>The agent's model is refused.</summary>
    ModelIsRefused = 4807,

    /// <summary>Only agents with listed models are admitted.</summary>
    ModelIsNotListed = 4808,

    /// <summary>The agent's principal is refused.</summary>
    PrincipalIsRefused = 4809,

    /// <summary>Only agents of listed principals are admitted.</summary>
    PrincipalIsNotListed = 4810,

    /// <summary>Only agents are admitted whose principal has a key of its own, which no agent has.</summary>
    PrincipalKeyRequired = 4811,

    /// <summary>The policy has too many entries, or one that is no name, model or handle.</summary>
    PolicyIsInvalid = 4820,

    /// <summary>The revision is not the next one after the policy that is set.</summary>
    PolicyRevisionIsStale = 4821,
}
