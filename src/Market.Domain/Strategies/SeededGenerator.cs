using System.Numerics;

namespace Market.Domain.Strategies;

/// <summary>
/// Chance that can be repeated: the generator xoshiro256** of Blackman and Vigna ("Scrambled linear pseudorandom number
/// generators", 2021), its state filled from the seed by SplitMix64 as they recommend. The same seed gives the same
/// numbers on every platform and in every version. Not for secrets, and for one thread at a time.
/// </summary>
public sealed class SeededGenerator
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Begins a stream.</summary>
    public SeededGenerator(ulong seed) => Restart(seed);

    /// <summary>Begins another stream in the same memory.</summary>
    public void Restart(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
            var shifted = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= shifted;
            _s3 = BitOperations.RotateLeft(_s3, 45);
            return result;
        }
    }

    /// <summary>
    /// A whole number from 0 to one less than a bound, each equally likely: the high half of bits × bound, where
    /// products that would favour some numbers are drawn again (Lemire, "Fast random integer generation in an
    /// interval", 2019).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than 1.</exception>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (ulong)bound;
        var high = Math.BigMul(NextBits(), range, out var low);
        if (low < range)
        {
            var unfair = unchecked(0UL - range) % range;
            while (low < unfair)
            {
                high = Math.BigMul(NextBits(), range, out low);
            }
        }

        return (int)high;
    }

    /// <summary>A number from 0 to below 1, one of 2⁵³ equally likely ones.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
