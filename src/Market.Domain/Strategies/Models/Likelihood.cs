namespace Market.Domain.Strategies;

/// <summary>
/// How well a hypothesis explains an offer (Hindriks and Tykhonov, "Opponent modelling in automated multi-issue
/// negotiation using Bayesian learning", 2008): the density, but for its factor, of a normal distribution around the
/// utility that the counterparty is supposed to ask for at that time, which falls evenly with time.
/// </summary>
internal static class Likelihood
{
    /// <summary>σ of the paper: how far an offer strays from what is asked for.</summary>
    private const double Sigma = 0.25;

    /// <summary>
    /// What the counterparty is supposed to give up over the whole negotiation, evenly as in the paper; how much it is
    /// there depends on the number of rounds, here it does not.
    /// </summary>
    private const double ConcessionTotal = 0.5;

    /// <summary>exp(−(u − u'(t))²/(2σ²)) with u'(t) = 1 − t/2.</summary>
    /// <param name="utility">u: the offer's utility under the hypothesis.</param>
    /// <param name="relativeTime">t.</param>
    internal static double Of(double utility, double relativeTime)
    {
        var distance = utility - (1 - (ConcessionTotal * relativeTime));
        return Powers.ExpOfMinus(distance * distance / (2 * Sigma * Sigma));
    }
}
