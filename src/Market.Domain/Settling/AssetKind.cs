namespace Market.Domain.Settling;

/// <summary>What an asset is an amount of.</summary>
public enum AssetKind : byte
{
    /// <summary>Money of one currency, in minor units.</summary>
    Money = 1,

    /// <summary>Units of one listing.</summary>
    Unit = 2,

    /// <summary>Units that one request still needs: what makes it impossible to buy more than was needed.</summary>
    Need = 3,
}
