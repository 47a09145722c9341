using System.Buffers.Binary;
using System.Globalization;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>What an account is for.</summary>
internal enum AccountKind : byte
{
    World = 1,
    Mint = 2,
    Fees = 3,
    Funds = 4,
    Stock = 5,
    Owned = 6,
    Need = 7,
    Filled = 8,
}

/// <summary>What an asset is.</summary>
internal enum AssetKind : byte
{
    Money = 1,
    Unit = 2,
    Need = 3,
}

/// <summary>Money by its currency in the first four bytes, units by their listing, needs by their request.</summary>
internal readonly record struct Asset(AssetKind Kind, Guid Subject)
{
    public static Asset Money(uint currency) =>
        new(AssetKind.Money, new Guid(currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    public bool IsWellFormed => Kind switch
    {
        AssetKind.Money => IsCurrency(Currency) && this == Money(Currency),
        AssetKind.Unit or AssetKind.Need => Subject != Guid.Empty,
        _ => false,
    };

    private uint Currency
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Subject.TryWriteBytes(bytes, bigEndian: true, out _);
            return BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }
    }

    public override string ToString() => Kind switch
    {
        AssetKind.Money => Amount.CodeOf(Currency),
        AssetKind.Unit => $"unit:lst_{Subject:n}",
        AssetKind.Need => $"need:req_{Subject:n}",
        _ => "none",
    };

    private static bool IsCurrency(uint packed) =>
        (packed & 0xFF) <= 9 && Amount.CodeOf(packed).All(char.IsAsciiLetterUpper);
}

/// <summary>An account's name: what it is for, whose it is, what it counts.</summary>
internal readonly record struct AccountName(AccountKind Kind, PrincipalNumber Owner, Asset Asset)
{
    /// <summary>Whether it may never have less than nothing: every one but world and mint.</summary>
    public bool IsLimited => Kind is not (AccountKind.World or AccountKind.Mint);

    /// <summary>Whether there can be such an account.</summary>
    public bool IsWellFormed => Asset.IsWellFormed && (IsOfMarket ? Owner.Value == 0 : Owner.Value >= 1) && Kind switch
    {
        AccountKind.World or AccountKind.Fees or AccountKind.Funds => Asset.Kind == AssetKind.Money,
        AccountKind.Stock or AccountKind.Owned => Asset.Kind == AssetKind.Unit,
        AccountKind.Need or AccountKind.Filled => Asset.Kind == AssetKind.Need,
        AccountKind.Mint => Asset.Kind is AssetKind.Unit or AssetKind.Need,
        _ => false,
    };

    private bool IsOfMarket =>
        Kind is AccountKind.World or AccountKind.Mint or AccountKind.Fees or AccountKind.Filled;

    /// <summary>For example "funds:1:USD", "fees:market:USD" or "mint:unit:lst_…".</summary>
    public override string ToString()
    {
        var kind = Kind.ToString().ToLowerInvariant();
        return (Kind, IsOfMarket) switch
        {
            (AccountKind.Fees, _) => $"fees:market:{Asset}",
            (_, true) => $"{kind}:{Asset}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{kind}:{Owner.Value}:{Asset}"),
        };
    }
}
