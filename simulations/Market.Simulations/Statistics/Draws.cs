namespace Market.Simulations.Statistics;

/// <summary>
/// The chance that resampling uses: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014), so the same figures come out everywhere.
/// </summary>
/// <param name="seed">What it begins with.</param>
internal struct Draws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator of its own for a named figure, whatever else is computed.</summary>
    public static Draws For(ulong seed, string name)
    {
        unchecked
        {
            // FNV-1a over the name's UTF-16 units.
            var hash = 14_695_981_039_346_656_037UL;
            foreach (var unit in name)
            {
                hash = (hash ^ unit) * 1_099_511_628_211UL;
            }

            return new Draws(hash ^ (seed * 0x9E3779B97F4A7C15UL));
        }
    }

    /// <summary>A whole number from 0 to below a bound, all equally likely but for less than bound/2⁶⁴.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from 0 to below 1, of 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        unchecked
        {
            var mixed = _state += 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
