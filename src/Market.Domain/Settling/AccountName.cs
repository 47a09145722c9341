using System.Globalization;

namespace Market.Domain.Settling;

/// <summary>
/// An account as people see it: what for, whose, of which asset. Inside a book it is a dense number that the book
/// gives when an entry first touches it.
/// </summary>
/// <param name="Kind">What the account is for.</param>
/// <param name="Owner">Whose it is; <see cref="PrincipalNumber.Market"/> for world, mint, fees and filled.</param>
/// <param name="Asset">What it counts.</param>
public readonly record struct AccountName(AccountKind Kind, PrincipalNumber Owner, Asset Asset)
{
    /// <summary>Whether the account can never have less than nothing: every one but world and mint.</summary>
    public bool IsLimited => Kind is not (AccountKind.World or AccountKind.Mint);

    /// <summary>Whether an account of this kind can hold this asset.</summary>
    public bool HoldsItsAsset => Asset.IsWellFormed && Kind switch
    {
        AccountKind.World or AccountKind.Fees or AccountKind.Funds => Asset.Kind == AssetKind.Money,
        AccountKind.Stock or AccountKind.Owned => Asset.Kind == AssetKind.Unit,
        AccountKind.Need or AccountKind.Filled => Asset.Kind == AssetKind.Need,
        AccountKind.Mint => Asset.Kind is AssetKind.Unit or AssetKind.Need,
        _ => false,
    };

    /// <summary>Whether the owner fits the kind: a principal, from 1, or the market itself.</summary>
    public bool HasItsOwner => IsOfMarket ? Owner == PrincipalNumber.Market : Owner.Value >= 1;

    private bool IsOfMarket =>
        Kind is AccountKind.World or AccountKind.Mint or AccountKind.Fees or AccountKind.Filled;

    /// <summary>The money of a currency that is outside the market.</summary>
    public static AccountName World(Currency currency) => OfMarket(AccountKind.World, Asset.Money(currency));

    /// <summary>Where units or needs come from.</summary>
    public static AccountName Mint(Asset asset) => OfMarket(AccountKind.Mint, asset);

    /// <summary>The market's fees in a currency.</summary>
    public static AccountName Fees(Currency currency) => OfMarket(AccountKind.Fees, Asset.Money(currency));

    /// <summary>A principal's money in a currency.</summary>
    public static AccountName Funds(PrincipalNumber owner, Currency currency) =>
        new(AccountKind.Funds, owner, Asset.Money(currency));

    /// <summary>A seller's units for sale.</summary>
    public static AccountName Stock(PrincipalNumber owner, ListingId listing) =>
        new(AccountKind.Stock, owner, Asset.Unit(listing));

    /// <summary>A buyer's units bought.</summary>
    public static AccountName Owned(PrincipalNumber owner, ListingId listing) =>
        new(AccountKind.Owned, owner, Asset.Unit(listing));

    /// <summary>What a buyer's request still needs.</summary>
    public static AccountName Need(PrincipalNumber owner, RequestId request) =>
        new(AccountKind.Need, owner, Asset.Need(request));

    /// <summary>What of a request has been bought.</summary>
    public static AccountName Filled(RequestId request) => OfMarket(AccountKind.Filled, Asset.Need(request));

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(
        ((((int)Kind * 31) + (int)Asset.Kind) * 0x01000193)
        ^ (Owner.Value * (int)0x9E3779B1)
        ^ Asset.Subject.GetHashCode());

    /// <summary>For example "funds:12:USD", "stock:7:unit:lst_…", "fees:market:USD", "world:USD".</summary>
    public override string ToString()
    {
        var kind = Kind switch
        {
            AccountKind.World => "world",
            AccountKind.Mint => "mint",
            AccountKind.Fees => "fees:market",
            AccountKind.Funds => "funds",
            AccountKind.Stock => "stock",
            AccountKind.Owned => "owned",
            AccountKind.Need => "need",
            AccountKind.Filled => "filled",
            _ => "none",
        };
        return IsOfMarket
            ? $"{kind}:{Asset}"
            : string.Create(CultureInfo.InvariantCulture, $"{kind}:{Owner.Value}:{Asset}");
    }

    private static AccountName OfMarket(AccountKind kind, Asset asset) => new(kind, PrincipalNumber.Market, asset);
}
