namespace Market.Silo.Commands.Demo.House;

/// <summary>
/// A seeded generator with the same numbers on every platform and in every version of .NET: SplitMix64 (Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", 2014). For made-up markets, never for keys.
/// </summary>
/// <param name="seed">Where the sequence starts.</param>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from a minimum to a maximum, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below the minimum.</exception>
    public long Between(long minimum, long maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, minimum);

        // The high half of bits × span: uneven by less than span/2⁶⁴, which no market of this size could show.
        var high = Math.BigMul(Next(), (ulong)(maximum - minimum) + 1, out _);
        return minimum + (long)high;
    }
}
