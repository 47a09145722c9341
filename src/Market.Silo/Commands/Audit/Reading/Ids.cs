namespace Market.Silo.Commands.Audit.Reading;

/// <summary>H(market, negotiation, award number).</summary>
internal readonly record struct DealId(Hash32 Value)
{
    public override string ToString() => $"deal_{Value}";
}

/// <summary>What makes a command of the ledger the same command.</summary>
internal readonly record struct CommandId(Hash32 Value)
{
    public override string ToString() => $"cmd_{Value}";
}

/// <summary>A market.</summary>
internal readonly record struct MarketId(Guid Value)
{
    public override string ToString() => $"mkt_{Value:n}";
}

/// <summary>A negotiation.</summary>
internal readonly record struct NegotiationId(Guid Value)
{
    public override string ToString() => $"neg_{Value:n}";
}

/// <summary>A mandate.</summary>
internal readonly record struct MandateId(Guid Value)
{
    public override string ToString() => $"mdt_{Value:n}";
}

/// <summary>An agent's number in the directory.</summary>
internal readonly record struct AgentNumber(int Value)
{
    public override string ToString() => $"agent_{Value}";
}

/// <summary>A principal's number in the directory; 0 is the market.</summary>
internal readonly record struct PrincipalNumber(int Value)
{
    public override string ToString() => $"principal_{Value}";
}

/// <summary>The two sides of a negotiation.</summary>
internal enum Party : byte
{
    Buyer = 1,
    Seller = 2,
}

/// <summary>Posted at once, or held until delivery.</summary>
internal enum SettlementMode : byte
{
    Immediate = 1,
    OnDelivery = 2,
}
