namespace Market.Domain.Tendering;

/// <summary>
/// The generator SplitMix64: a 64-bit state that grows by a constant, and a mixing of it. The same numbers in every
/// language.
/// </summary>
/// <remarks>Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.</remarks>
/// <param name="seed">The first state.</param>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>
    /// A number from 0 to below <paramref name="bound"/>, each equally likely: what lies in the last, incomplete run of
    /// the range is drawn again, and the rest is taken modulo the bound.
    /// </summary>
    /// <param name="bound">At least 1.</param>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (ulong)bound;
        var incomplete = ((ulong.MaxValue % range) + 1) % range;
        ulong drawn;
        do
        {
            drawn = Next();
        }
        while (drawn > ulong.MaxValue - incomplete);

        return (int)(drawn % range);
    }
}
