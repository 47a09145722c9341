using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Hosting;

/// <summary>
/// What the values of one issue are worth to an agent: a table with one number a value, or slope × value + intercept.
/// </summary>
/// <param name="Weight">The issue's weight.</param>
/// <param name="Slope">Change for each 1 of the issue's integer; where there is no table.</param>
/// <param name="Intercept">The worth of the integer 0; where there is no table.</param>
/// <param name="Table">A number for every value of the issue, in its order; empty for the line.</param>
public sealed record IssueUtility(
    double Weight, double Slope = 0, double Intercept = 0, ValueArray<double> Table = default)
{
    /// <summary>The value function of these numbers.</summary>
    public ValueFunction ToValueFunction() =>
        Table.Count > 0 ? new TableValueFunction(Table) : new LinearValueFunction(Slope, Intercept);
}

/// <summary>
/// The private limits of a hosted strategy: its agent's linear additive utility and its reservation value, in a form
/// that travels. See <see cref="UtilityFunction"/> for the formula.
/// </summary>
/// <param name="Issues">One for each issue of the agenda, in its order.</param>
/// <param name="ReservationValue">The utility of no agreement; −∞ where any agreement is better than none.</param>
/// <param name="Bias">What every outcome is worth beforehand.</param>
public sealed record HostedUtility(ValueArray<IssueUtility> Issues, double ReservationValue, double Bias = 0)
{
    /// <summary>
    /// Of a seller that negotiates a price alone: money is worth what it is, and less than an amount is not taken.
    /// </summary>
    /// <param name="minorUnits">The lowest acceptable price, in minor units.</param>
    public static HostedUtility PriceAtLeast(long minorUnits) => new([new IssueUtility(1, Slope: 1)], minorUnits);

    /// <summary>
    /// Of a buyer that negotiates a price alone: worth is what the price is below the highest acceptable one.
    /// </summary>
    /// <param name="minorUnits">The highest acceptable price, in minor units.</param>
    public static HostedUtility PriceAtMost(long minorUnits) =>
        new([new IssueUtility(1, Slope: -1, Intercept: minorUnits)], ReservationValue: 0);

    /// <summary>The form of a utility, for whatever agenda has the same issues.</summary>
    /// <exception cref="ArgumentException">It has a value function that is neither a table nor a line.</exception>
    public static HostedUtility Of(UtilityFunction utility)
    {
        ArgumentNullException.ThrowIfNull(utility);
        var issues = utility.ValueFunctions.Select((function, i) => function switch
        {
            TableValueFunction table => new IssueUtility(utility.Weights[i], Table: table.Values),
            LinearValueFunction line => new IssueUtility(utility.Weights[i], line.Slope, line.Intercept),
            _ => throw new ArgumentException($"A {function.GetType().Name} has no form that travels.", nameof(utility)),
        });
        return new HostedUtility(issues.ToValueArray(), utility.ReservationValue, utility.Bias);
    }

    /// <summary>The utility over the outcomes of an agenda.</summary>
    /// <exception cref="ArgumentException">It does not fit the agenda's issues.</exception>
    public UtilityFunction For(Agenda agenda) => new(
        agenda,
        Issues.Select(issue => issue.ToValueFunction()).ToValueArray(),
        Issues.Select(issue => issue.Weight).ToValueArray(),
        ReservationValue,
        Bias);
}
