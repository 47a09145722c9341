using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>The kinds of grains; the numbers are in the journal and never change their meaning.</summary>
public enum GrainKind : byte
{
    /// <summary>Registers agents and principals and gives out their numbers; one a market.</summary>
    Directory = 1,

    /// <summary>One buyer agent: its requests.</summary>
    BuyerAgent = 2,

    /// <summary>One seller agent: its listings.</summary>
    SellerAgent = 3,

    /// <summary>One negotiation.</summary>
    Negotiation = 4,

    /// <summary>One tender.</summary>
    Tender = 5,

    /// <summary>One book of accounts.</summary>
    Ledger = 6,

    /// <summary>The approvals of one principal.</summary>
    Approvals = 7,
}

/// <summary>The identity of a grain and of its stream in the journal: a kind and a key.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Which one; <see cref="Guid.Empty"/> where there is one a market.</param>
public readonly record struct GrainId(GrainKind Kind, Guid Key)
{
    /// <summary>The market's directory.</summary>
    public static GrainId Directory => new(GrainKind.Directory, Guid.Empty);

    /// <summary>The market's book.</summary>
    public static GrainId Ledger => new(GrainKind.Ledger, Guid.Empty);

    /// <summary>A negotiation's grain.</summary>
    public static GrainId Of(NegotiationId negotiation) => new(GrainKind.Negotiation, negotiation.Value);

    /// <summary>A tender's grain.</summary>
    public static GrainId Of(TenderId tender) => new(GrainKind.Tender, tender.Value);

    /// <summary>A buyer agent's grain.</summary>
    public static GrainId OfBuyer(AgentNumber agent) => new(GrainKind.BuyerAgent, KeyOf(agent));

    /// <summary>A seller agent's grain.</summary>
    public static GrainId OfSeller(AgentNumber agent) => new(GrainKind.SellerAgent, KeyOf(agent));

    /// <summary>The grain of a principal's approvals.</summary>
    public static GrainId OfApprovals(PrincipalNumber principal) =>
        new(GrainKind.Approvals, new Guid(principal.Value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private static Guid KeyOf(AgentNumber agent) => new(agent.Value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
