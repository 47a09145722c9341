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
    /// What the counterparty is supposed to give up over the whole negotiation; the paper has 5 % a round for its ten.
    /// </summary>
    private const double ConcessionTotal = 0.5;

    private const int Halvings = 10;

    /// <summary>exp(−(u − u'(t))²/(2σ²)) with u'(t) = 1 − t/2.</summary>
    /// <param name="utility">u: the offer's utility under the hypothesis.</param>
    /// <param name="relativeTime">t.</param>
    internal static double Of(double utility, double relativeTime)
    {
        var distance = utility - (1 - (ConcessionTotal * relativeTime));
        return ExpOfMinus(distance * distance / (2 * Sigma * Sigma));
    }

    /// <summary>e^−x for x ≥ 0, in + − × ÷ alone: the library's function differs between platforms.</summary>
    internal static double ExpOfMinus(double x)
    {
        // 1/e^(x/1024) by seven terms of its series, and squared ten times: to about twelve digits.
        var small = x / (1 << Halvings);
        var (sum, term) = (1.0, 1.0);
        for (var n = 1; n <= 7; n++)
        {
            term *= small / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
        {
            sum *= sum;
        }

        return 1 / sum;
    }
}
