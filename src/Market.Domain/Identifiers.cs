namespace Market.Domain;

/// <summary>
/// A negotiation as people and agents see it: UUID version 7, derived by the server from the act that opened it.
/// </summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct NegotiationId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"neg_{Value:n}";
}

/// <summary>A seller's listing, in all its versions.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct ListingId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"lst_{Value:n}";
}

/// <summary>A buyer's request: a need for a quantity, under which any number of negotiations may run.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct RequestId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"req_{Value:n}";
}

/// <summary>A mandate: what a principal lets an agent do.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct MandateId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"mdt_{Value:n}";
}

/// <summary>An approval that an agent has asked its principal for.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct ApprovalId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"apr_{Value:n}";
}

/// <summary>
/// A message of an agent: UUID version 7, made by the client, scoped to the agent. The same id is the same act.
/// </summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct MessageId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"msg_{Value:n}";
}

/// <summary>
/// A deal: H(market, negotiation, award number), so that the same award is the same deal however often it is told.
/// </summary>
/// <param name="Value">The hash.</param>
public readonly record struct DealId(Hash256 Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"deal_{Value}";
}

/// <summary>The market that a signature, a hash or a key is bound to.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct MarketId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"mkt_{Value:n}";
}

/// <summary>An agent's number in the market: dense, from 1; 0 is nobody.</summary>
/// <param name="Value">The number.</param>
public readonly record struct AgentNumber(int Value)
{
    /// <summary>Nobody: the market itself, or an absent party.</summary>
    public static AgentNumber None => default;

    /// <inheritdoc/>
    public override string ToString() => $"agent_{Value}";
}

/// <summary>A principal's number in the market: dense, from 1; 0 is the market itself.</summary>
/// <param name="Value">The number.</param>
public readonly record struct PrincipalNumber(int Value)
{
    /// <summary>The market itself, which owns the fee, world and mint accounts.</summary>
    public static PrincipalNumber Market => default;

    /// <inheritdoc/>
    public override string ToString() => $"principal_{Value}";
}
