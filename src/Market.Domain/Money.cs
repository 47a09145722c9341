using System.Globalization;

namespace Market.Domain;

/// <summary>An amount of money in integer minor units; never a floating-point number.</summary>
/// <param name="MinorUnits">The amount in minor units, for example cents.</param>
/// <param name="Currency">The currency, which knows the scale.</param>
public readonly record struct Money(long MinorUnits, Currency Currency)
{
    /// <summary>An amount given as a decimal in major units, which must be exact at the currency's scale.</summary>
    /// <exception cref="ArgumentException">The amount has more decimals than the currency.</exception>
    /// <exception cref="OverflowException">The amount does not fit 64 bits.</exception>
    public static Money FromMajor(decimal amount, Currency currency)
    {
        var minor = amount * PowerOfTen(currency.Scale);
        return minor == decimal.Truncate(minor)
            ? new Money(decimal.ToInt64(minor), currency)
            : throw new ArgumentException($"{amount} has more decimals than {currency.Code} allows.", nameof(amount));
    }

    /// <summary>The amount in major units, for people.</summary>
    public decimal ToMajor() => MinorUnits / PowerOfTen(Currency.Scale);

    /// <summary>For example "84.00 USD".</summary>
    public override string ToString() =>
        ToMajor().ToString($"F{Currency.Scale}", CultureInfo.InvariantCulture) + " " + Currency.Code;

    private static decimal PowerOfTen(int exponent)
    {
        var result = 1m;
        for (var i = 0; i < exponent; i++)
        {
            result *= 10;
        }

        return result;
    }
}
