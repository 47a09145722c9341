namespace Market.Domain;

/// <summary>
/// A currency by its ISO 4217 code, packed into one integer, with the number of decimals of its minor unit. The market
/// allow-lists currencies; the default value is none.
/// </summary>
/// <param name="Packed">Three ASCII letters, 8 bits each, then the scale in the lowest 8 bits.</param>
public readonly record struct Currency(uint Packed)
{
    /// <summary>United States dollar, in cents.</summary>
    public static Currency Usd { get; } = Of("USD", 2);

    /// <summary>The three letters of the code.</summary>
    public string Code => string.Create(3, Packed, static (span, packed) =>
    {
        for (var i = 0; i < 3; i++)
        {
            span[i] = (char)((packed >> (24 - (8 * i))) & 0xFF);
        }
    });

    /// <summary>Decimals of the minor unit: 2 for cents.</summary>
    public int Scale => (int)(Packed & 0xFF);

    /// <summary>Packs a code and a scale.</summary>
    /// <param name="code">Three letters A to Z.</param>
    /// <param name="scale">0 to 9.</param>
    /// <exception cref="ArgumentException">
    /// The code is not three letters A to Z, or the scale is out of range.
    /// </exception>
    public static Currency Of(string code, int scale)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper) || scale is < 0 or > 9)
        {
            throw new ArgumentException("A currency is three letters A to Z and a scale from 0 to 9.", nameof(code));
        }

        return new Currency(((uint)code[0] << 24) | ((uint)code[1] << 16) | ((uint)code[2] << 8) | (uint)scale);
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
