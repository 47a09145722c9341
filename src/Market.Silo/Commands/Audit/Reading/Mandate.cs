namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Over what a mandate's budget is counted.</summary>
internal enum BudgetWindow : byte
{
    Day = 1,
    Month = 2,
    Total = 3,
}

/// <summary>What a principal lets an agent do. Its categories are left out: the book does not say a deal's.</summary>
internal sealed record Mandate(
    MandateId Id,
    PrincipalNumber Principal,
    AgentNumber Agent,
    uint Currency,
    long PerDealMaxMinor,
    long BudgetMaxMinor,
    Moment NotBefore,
    Moment ExpiresAt)
{
    private const int Elements = 18;
    private const byte BuyAndSell = 3;

    public BudgetWindow Window { get; private init; } = BudgetWindow.Total;

    /// <summary>1 for buying, 2 for selling, 3 for both.</summary>
    public byte Actions { get; private init; } = BuyAndSell;

    /// <summary>Principals to deal with; empty for all.</summary>
    public Items<int> Allowed { get; private init; }

    /// <summary>Principals not to deal with.</summary>
    public Items<int> Denied { get; private init; }

    public long? OpenHoldsMax { get; private init; }

    public long? DealsMax { get; private init; }

    /// <summary>A total above it needs the principal's approval of exactly the terms.</summary>
    public long? ApprovalAboveMinor { get; private init; }

    /// <summary>The mandate that it was delegated from; null for none.</summary>
    public MandateId? Parent { get; private init; }

    public long DelegationDepthMax { get; private init; }

    public static Mandate Read(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 8);
        var mandate = new Mandate(
            new(reader.Id()), reader.Principal(), reader.Agent(), reader.UInt32(), reader.Int64(), reader.Int64(),
            reader.Moment(), reader.Moment());
        if (count < Elements)
        {
            reader.EndArray(count - 8); // of a program that knew no more
            return mandate;
        }

        var (window, actions) = ((BudgetWindow)reader.Member(3), reader.Member(BuyAndSell));
        reader.Skip(); // categories
        mandate = mandate with
        {
            Window = window,
            Actions = actions,
            Allowed = reader.List(Number),
            Denied = reader.List(Number),
            OpenHoldsMax = reader.OptionalInt64(),
            DealsMax = reader.OptionalInt64(),
            ApprovalAboveMinor = reader.OptionalInt64(),
            Parent = reader.OptionalMandate(),
            DelegationDepthMax = reader.Int64(),
        };
        reader.EndArray(count - Elements);
        return mandate;
    }

    private static int Number(ref FormReader reader) => reader.Int32();
}
