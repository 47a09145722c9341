namespace Market.Domain.Negotiating;

/// <summary>
/// The one rule by which an agenda's charges make the all-in total of an outcome, in whole minor units:
/// <list type="number">
/// <item>goods = the total price, or unit price × quantity;</item>
/// <item>each delivery is its amount, or the amount of the issue's choice;</item>
/// <item>each fee is its amount, or goods × rate / 10,000;</item>
/// <item>base = goods + deliveries + fees;</item>
/// <item>each added tax is base × rate / 10,000, and total = base + taxes;</item>
/// <item>each included tax is base × rate / (10,000 + all rates together), and total = base.</item>
/// </list>
/// Each quotient is rounded by itself to the nearest minor unit, and half of one to the even neighbour. So the parts
/// that are not included add up to the total exactly, and the total never falls when the price rises.
/// </summary>
internal static class AllInTotal
{
    /// <summary>What an outcome costs, part by part.</summary>
    /// <exception cref="OverflowException">It does not fit 64 bits; a market refuses such agendas.</exception>
    public static TotalBreakdown Of(Agenda agenda, Outcome outcome)
    {
        var goods = agenda.GoodsOf(outcome);
        var charges = agenda.Charges.AsSpan();
        var parts = new TotalPart[charges.Length];
        Int128 all = goods;
        for (var i = 0; i < charges.Length; i++)
        {
            if (charges[i].Kind != ChargeKind.Tax)
            {
                parts[i] = new TotalPart(charges[i].Name, charges[i].Kind, CostOf(charges[i], goods, outcome), false);
                all += parts[i].AmountMinor;
            }
        }

        var total = all;
        var divisor = DivisorOf(charges);
        for (var i = 0; i < charges.Length; i++)
        {
            if (charges[i].Kind == ChargeKind.Tax)
            {
                var tax = HalfEven(all * charges[i].BasisPoints, divisor);
                parts[i] = new TotalPart(charges[i].Name, ChargeKind.Tax, tax, charges[i].IsIncluded);
                total += charges[i].IsIncluded ? 0 : tax;
            }
        }

        return new TotalBreakdown(goods, ValueArray.Create<TotalPart>(parts), checked((long)total));
    }

    /// <summary>
    /// The largest total under charges: every part grows with the goods, so it is that of the dearest goods and the
    /// dearest choices. The charges are valid ones.
    /// </summary>
    public static Int128 Largest(ReadOnlySpan<Charge> charges, Int128 goods)
    {
        var all = goods;
        foreach (var charge in charges)
        {
            all += charge.Kind == ChargeKind.Tax ? 0
                : charge.BasisPoints > 0 ? Rounded(goods * charge.BasisPoints, Charge.BasisPointsMax)
                : charge.ByIssue is null ? charge.AmountMinor
                : charge.AmountsMinor.Max();
        }

        var total = all;
        foreach (var charge in charges)
        {
            total += charge is { Kind: ChargeKind.Tax, IsIncluded: false }
                ? Rounded(all * charge.BasisPoints, Charge.BasisPointsMax)
                : 0;
        }

        return total;
    }

    private static long CostOf(Charge charge, long goods, Outcome outcome) =>
        charge.BasisPoints > 0 ? HalfEven((Int128)goods * charge.BasisPoints, Charge.BasisPointsMax)
        : charge.ByIssue is { } issue ? charge.AmountsMinor[(int)outcome[issue]]
        : charge.AmountMinor;

    private static long DivisorOf(ReadOnlySpan<Charge> charges)
    {
        long divisor = Charge.BasisPointsMax;
        foreach (var charge in charges)
        {
            divisor += charge is { Kind: ChargeKind.Tax, IsIncluded: true } ? charge.BasisPoints : 0;
        }

        return divisor;
    }

    private static long HalfEven(Int128 numerator, long divisor) => checked((long)Rounded(numerator, divisor));

    private static Int128 Rounded(Int128 numerator, long divisor)
    {
        var (quotient, rest) = Int128.DivRem(numerator, divisor);
        var twice = rest * 2;
        return twice > divisor || (twice == divisor && Int128.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }
}

/// <summary>What the buyer pays in all, part by part, in minor units of the agenda's currency.</summary>
/// <param name="GoodsMinor">The price of the goods: the total price, or unit price × quantity.</param>
/// <param name="Parts">One for each charge of the agenda, in its order.</param>
/// <param name="TotalMinor">The goods and all parts that are not included in others.</param>
public sealed record TotalBreakdown(long GoodsMinor, ValueArray<TotalPart> Parts, long TotalMinor);

/// <summary>One charge as it comes to an amount.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="AmountMinor">How much.</param>
/// <param name="IsIncluded">Whether goods, delivery and fees contain it already.</param>
public readonly record struct TotalPart(string Name, ChargeKind Kind, long AmountMinor, bool IsIncluded);
