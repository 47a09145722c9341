using Market.Domain.Strategies;

namespace Market.Simulations.Statistics.Games;

/// <summary>
/// What a large population comes to in which strategies spread by what they get: ẋᵢ = xᵢ((Ax)ᵢ − x·Ax) (Taylor and
/// Jonker, "Evolutionarily stable strategies and game dynamics", 1978), integrated by the classical method of Runge and
/// Kutta from random starts, payoffs in units of their spread.
/// </summary>
internal static class ReplicatorDynamics
{
    /// <summary>Starts unless another number is asked for.</summary>
    public const int StartsUsual = 100;

    private const double Step = 1;
    private const int StepsMax = 5_000;
    private const double RestMax = 1e-9;

    /// <summary>Where it comes to from starts spread evenly over all mixtures, the largest basin first.</summary>
    public static IReadOnlyList<Attractor> From(MetaGame game, SeededGenerator chance, int starts = StartsUsual)
    {
        var ends = Enumerable.Range(0, starts).Select(_ => Run(game, AnyMixture(game.Count, chance))).ToList();
        return [.. ends
            .GroupBy(static end => (end.IsSettled, Moves: string.Join(' ', Support(end.Shares))))
            .Select(group => new Attractor(
                [.. Enumerable.Range(0, game.Count).Select(move => group.Average(end => end.Shares[move]))],
                (double)group.Count() / starts,
                group.Key.IsSettled))
            .OrderByDescending(static attractor => attractor.Basin)];
    }

    /// <summary>Follows it from one mixture.</summary>
    /// <returns>Where it rests, or its mean over the second half of the time where it does not settle.</returns>
    public static (double[] Shares, bool IsSettled) Run(MetaGame game, double[] start)
    {
        var (shares, sums) = (start, new double[game.Count]);
        for (var step = 1; step <= StepsMax; step++)
        {
            shares = Next(game, shares);
            if (step % 10 == 0 && IsAtRest(game, shares))
            {
                return (shares, true);
            }

            for (var move = 0; move < sums.Length && step > StepsMax / 2; move++)
            {
                sums[move] += shares[move];
            }
        }

        return ([.. sums.Select(static sum => sum / (StepsMax - (StepsMax / 2)))], false);
    }

    // Spacings of sorted uniform numbers are spread evenly over all mixtures.
    private static double[] AnyMixture(int count, SeededGenerator chance)
    {
        double[] cuts = [.. Enumerable.Range(0, count - 1).Select(_ => chance.NextDouble()).Order(), 1];
        return [.. cuts.Select((cut, i) => cut - (i == 0 ? 0 : cuts[i - 1]))];
    }

    private static double[] Next(MetaGame game, double[] shares)
    {
        var one = Velocity(game, shares);
        var two = Velocity(game, Moved(shares, one, Step / 2));
        var three = Velocity(game, Moved(shares, two, Step / 2));
        var four = Velocity(game, Moved(shares, three, Step));
        var next = new double[shares.Length];
        for (var i = 0; i < next.Length; i++)
        {
            next[i] = Math.Max(0, shares[i] + (Step / 6 * (one[i] + (2 * two[i]) + (2 * three[i]) + four[i])));
        }

        var sum = next.Sum();
        return [.. next.Select(share => share / sum)];
    }

    private static double[] Velocity(MetaGame game, double[] shares)
    {
        var velocity = game.PayoffsAgainst(shares);
        var value = 0.0;
        for (var i = 0; i < velocity.Length; i++)
        {
            value += shares[i] * velocity[i];
        }

        for (var i = 0; i < velocity.Length; i++)
        {
            velocity[i] = shares[i] * (velocity[i] - value) / game.Spread;
        }

        return velocity;
    }

    private static double[] Moved(double[] shares, double[] velocity, double time)
    {
        var moved = new double[shares.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = shares[i] + (time * velocity[i]);
        }

        return moved;
    }

    // A mixture near an unstable one is slow as well: it rests only where no move that is left would gain.
    private static bool IsAtRest(MetaGame game, double[] shares) =>
        Velocity(game, shares).All(static v => Math.Abs(v) < RestMax)
        && game.RegretOf(shares) <= 1e-6 * game.Spread;

    private static IEnumerable<int> Support(double[] shares) =>
        Enumerable.Range(0, shares.Length).Where(move => shares[move] > 1e-3);
}
