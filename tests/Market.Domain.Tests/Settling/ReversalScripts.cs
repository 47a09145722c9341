using FsCheck;
using FsCheck.Fluent;

namespace Market.Domain.Tests.Settling;

/// <summary>How FsCheck makes scripts, and shrinks them: by leaving out ever smaller runs of steps.</summary>
public static class ReversalScripts
{
    public static Arbitrary<ReversalScript> Script() => Arb.From(
        Gen.Sized(size => Gen.Choose(0, int.MaxValue - 1).Select(seed => ReversalScript.Of(seed, 2 * size))), Shorter);

    private static IEnumerable<ReversalScript> Shorter(ReversalScript script)
    {
        for (var run = script.Steps.Count / 2; run > 0; run /= 2)
        {
            for (var from = 0; from + run <= script.Steps.Count; from += run)
            {
                yield return new ReversalScript(
                    script.Steps.Take(from).Concat(script.Steps.Skip(from + run)).ToValueArray());
            }
        }
    }
}
