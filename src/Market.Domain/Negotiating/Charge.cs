namespace Market.Domain.Negotiating;

/// <summary>What the buyer pays beside, or within, the price of the goods.</summary>
public enum ChargeKind : byte
{
    /// <summary>Bringing the goods to the buyer.</summary>
    Delivery = 1,

    /// <summary>A fee of the seller's. (The market's own fee is taken out of the total, not added to it.)</summary>
    Fee = 2,

    /// <summary>A tax on goods, delivery and fees together.</summary>
    Tax = 3,
}

/// <summary>
/// A charge that a listing announces. It is part of the all-in total, which the server recomputes for every offer; how,
/// is said at <see cref="AllInTotal"/>. All of it is paid to the seller, who owes the tax.
/// </summary>
/// <param name="Name">What people call it, unique in its listing.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="AmountMinor">A fixed amount in minor units; 0 where it is not fixed.</param>
/// <param name="BasisPoints">1/100 percent: of the goods for a fee, of everything for a tax; else 0.</param>
/// <param name="IsIncluded">
/// Whether a tax is contained in the prices rather than added to them. All taxes of a listing are alike in this.
/// </param>
/// <param name="ByIssue">
/// Place of the choice issue that decides how much a delivery costs; null where it costs the same always.
/// </param>
/// <param name="AmountsMinor">One amount for each choice of that issue; else empty.</param>
public sealed record Charge(
    string Name,
    ChargeKind Kind,
    long AmountMinor = 0,
    int BasisPoints = 0,
    bool IsIncluded = false,
    int? ByIssue = null,
    ValueArray<long> AmountsMinor = default)
{
    /// <summary>The largest rate: the whole.</summary>
    public const int BasisPointsMax = 10_000;

    /// <summary>A delivery that costs the same always.</summary>
    public static Charge Delivery(string name, long amountMinor) => new(name, ChargeKind.Delivery, amountMinor);

    /// <summary>A delivery that costs what the choice of an issue says, for example of the country.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="issue">Place of the choice issue in the agenda, from 0.</param>
    /// <param name="amountsMinor">One amount for each choice.</param>
    public static Charge DeliveryBy(string name, int issue, params ReadOnlySpan<long> amountsMinor) =>
        new(name, ChargeKind.Delivery, ByIssue: issue, AmountsMinor: ValueArray.Create(amountsMinor));

    /// <summary>A fee that is the same always.</summary>
    public static Charge Fee(string name, long amountMinor) => new(name, ChargeKind.Fee, amountMinor);

    /// <summary>A fee in 1/100 percent of the goods.</summary>
    public static Charge FeeRate(string name, int basisPoints) =>
        new(name, ChargeKind.Fee, BasisPoints: basisPoints);

    /// <summary>A tax in 1/100 percent that is added to goods, delivery and fees.</summary>
    public static Charge TaxAdded(string name, int basisPoints) => new(name, ChargeKind.Tax, BasisPoints: basisPoints);

    /// <summary>A tax in 1/100 percent of the net amount that prices, delivery and fees contain already.</summary>
    public static Charge TaxIncluded(string name, int basisPoints) =>
        new(name, ChargeKind.Tax, BasisPoints: basisPoints, IsIncluded: true);
}
