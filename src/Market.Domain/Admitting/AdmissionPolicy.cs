using Market.Domain.Wire;

namespace Market.Domain.Admitting;

/// <summary>
/// Whom a market, or one agent as a counterparty, deals with. What is demanded must be there; what is refused is kept
/// out; where something is allowed, everything else is kept out. Upper and lower case are alike.
/// </summary>
/// <param name="DemandsDeclaredAi">Whether an agent must say that it is artificial.</param>
/// <param name="DemandsOperator">Whether it must say who operates it.</param>
/// <param name="DemandsModel">Whether it must say which model or strategy decides.</param>
/// <param name="DemandsVersion">Whether it must say the model's version.</param>
/// <param name="DemandsPrincipalKey">Whether its principal must have a key of its own, which no agent has.</param>
/// <param name="OperatorsAllowed">Operators; empty for all.</param>
/// <param name="OperatorsRefused">Operators.</param>
/// <param name="ModelsAllowed">Models, or beginnings of models with a '*' behind; empty for all.</param>
/// <param name="ModelsRefused">Models, or beginnings of models with a '*' behind.</param>
/// <param name="PrincipalsAllowed">Handles of principals; empty for all.</param>
/// <param name="PrincipalsRefused">Handles of principals.</param>
public sealed record AdmissionPolicy(
    bool DemandsDeclaredAi = false,
    bool DemandsOperator = false,
    bool DemandsModel = false,
    bool DemandsVersion = false,
    bool DemandsPrincipalKey = false,
    ValueArray<string> OperatorsAllowed = default,
    ValueArray<string> OperatorsRefused = default,
    ValueArray<string> ModelsAllowed = default,
    ValueArray<string> ModelsRefused = default,
    ValueArray<string> PrincipalsAllowed = default,
    ValueArray<string> PrincipalsRefused = default)
{
    /// <summary>Entries of all lists together, so that a policy fits a frame.</summary>
    public const int EntriesMax = 128;

    /// <summary>SHA-256 of its wire form: names the policy in what was decided by it.</summary>
    public Hash256 Hash() => Hash256.Of(WireFormat.Encode(this));
}
