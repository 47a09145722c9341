namespace Market.Silo.Commands.Demo;

/// <summary>A deal beside both sides' limits: only whoever holds all secrets, after the trade, can tell them.</summary>
internal interface IDemoDeal
{
    /// <summary>What was paid.</summary>
    long PaidCents { get; }

    /// <summary>The least that the seller would have taken.</summary>
    long FloorCents { get; }

    /// <summary>The most that the buyer would have paid.</summary>
    long LimitCents { get; }

    /// <summary>What the buyer has gained.</summary>
    long BuyerSurplusCents => LimitCents - PaidCents;

    /// <summary>What the seller has gained.</summary>
    long SellerSurplusCents => PaidCents - FloorCents;
}
