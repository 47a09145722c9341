namespace Market.Domain.Mandates;

/// <summary>What an agent may do under a mandate.</summary>
[Flags]
public enum MandateActions : byte
{
    /// <summary>Buy: be the side that pays.</summary>
    Buy = 1,

    /// <summary>Sell: be the side that delivers.</summary>
    Sell = 2,

    /// <summary>Both.</summary>
    BuyAndSell = Buy | Sell,
}
