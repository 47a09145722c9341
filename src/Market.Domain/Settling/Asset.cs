using System.Buffers.Binary;

namespace Market.Domain.Settling;

/// <summary>
/// Something the ledger counts: a currency, the units of a listing, or the need of a request. Every asset sums to
/// zero over all accounts of a book (INV-1). The default value is no asset.
/// </summary>
/// <param name="Kind">What it is an amount of.</param>
/// <param name="Subject">The listing, the request, or the currency packed into the first four bytes.</param>
public readonly record struct Asset(AssetKind Kind, Guid Subject)
{
    private const int SubjectBytes = 16;

    /// <summary>The money of a currency, counted in its minor units.</summary>
    public static Asset Money(Currency currency) =>
        new(AssetKind.Money, new Guid(currency.Packed, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>Units of a listing.</summary>
    public static Asset Unit(ListingId listing) => new(AssetKind.Unit, listing.Value);

    /// <summary>The need of a request.</summary>
    public static Asset Need(RequestId request) => new(AssetKind.Need, request.Value);

    /// <summary>
    /// Whether this is an asset that a book can hold: a well-formed currency, or a subject that is not empty.
    /// </summary>
    public bool IsWellFormed => Kind switch
    {
        AssetKind.Money => IsCurrency(),
        AssetKind.Unit or AssetKind.Need => Subject != Guid.Empty,
        _ => false,
    };

    /// <summary>The currency that was packed by <see cref="Money"/>.</summary>
    /// <exception cref="InvalidOperationException">The asset is not money.</exception>
    public Currency ToCurrency() => Kind == AssetKind.Money
        ? new Currency(PackedCurrency())
        : throw new InvalidOperationException($"{this} is not money.");

    /// <summary>"USD", "unit:lst_…" or "need:req_…".</summary>
    public override string ToString() => Kind switch
    {
        AssetKind.Money => new Currency(PackedCurrency()).Code,
        AssetKind.Unit => $"unit:{new ListingId(Subject)}",
        AssetKind.Need => $"need:{new RequestId(Subject)}",
        _ => "none",
    };

    private uint PackedCurrency()
    {
        Span<byte> bytes = stackalloc byte[SubjectBytes];
        _ = Subject.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private bool IsCurrency()
    {
        var packed = PackedCurrency();
        return (packed & 0xFF) <= 9
            && IsLetter(packed >> 24) && IsLetter(packed >> 16) && IsLetter(packed >> 8)
            && this == Money(new Currency(packed));
    }

    private static bool IsLetter(uint shifted) => (shifted & 0xFF) is >= 'A' and <= 'Z';
}
