using System.Diagnostics;
using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// A party's linear additive utility over the outcomes of one agenda: u(o) = bias + Σ wᵢ·vᵢ(oᵢ), summed left to right
/// in double precision, without any normalisation. Private to its party. Its unit is the owner's choice: minor units
/// of money, or a share of 1.
/// </summary>
public sealed class UtilityFunction
{
    /// <summary>Defines a utility.</summary>
    /// <param name="agenda">The agenda whose outcomes are valued.</param>
    /// <param name="valueFunctions">One for each issue, in the agenda's order.</param>
    /// <param name="weights">One finite weight for each issue; empty for a weight of 1 everywhere.</param>
    /// <param name="reservationValue">The utility of no agreement: finite, or −∞ where any agreement is better than
    /// none.</param>
    /// <param name="bias">What every outcome is worth beforehand.</param>
    /// <exception cref="ArgumentException">A function or weight is missing, too many or not finite; or the bias or the
    /// reservation value is not a number allowed above.</exception>
    public UtilityFunction(
        Agenda agenda,
        ValueArray<ValueFunction> valueFunctions,
        ValueArray<double> weights = default,
        double reservationValue = 0,
        double bias = 0)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        Agenda = agenda;
        ValueFunctions = valueFunctions;
        Weights = weights.Count == 0 ? Enumerable.Repeat(1.0, agenda.Issues.Count).ToValueArray() : weights;
        ReservationValue = reservationValue;
        Bias = bias;
        if (Flaw() is { } flaw)
        {
            throw new ArgumentException(flaw);
        }
    }

    /// <summary>The agenda whose outcomes are valued.</summary>
    public Agenda Agenda { get; }

    /// <summary>One for each issue.</summary>
    public ValueArray<ValueFunction> ValueFunctions { get; }

    /// <summary>One for each issue.</summary>
    public ValueArray<double> Weights { get; }

    /// <summary>The utility of no agreement; −∞ where any agreement is better than none.</summary>
    public double ReservationValue { get; }

    /// <summary>What every outcome is worth beforehand.</summary>
    public double Bias { get; }

    /// <summary>The utility of an outcome of the agenda.</summary>
    /// <exception cref="ArgumentException">The outcome is not of the agenda.</exception>
    public double Of(Outcome outcome)
    {
        if (!Agenda.Contains(outcome))
        {
            throw new ArgumentException($"The outcome {outcome} is not of this agenda.", nameof(outcome));
        }

        var sum = Bias;
        for (var i = 0; i < Weights.Count; i++)
        {
            sum += Weights[i] * ValueFunctions[i].ValueOf(Agenda.Issues[i], outcome[i]);
        }

        return sum;
    }

    /// <summary>
    /// The utility of how a negotiation ended: of the agreement, or the reservation value without one.
    /// </summary>
    public double OfEnd(Outcome? agreement) => agreement is { } outcome ? Of(outcome) : ReservationValue;

    /// <summary>
    /// The utilities of all outcomes of a space over this agenda, by index: the same sums, term by term, as one by one.
    /// </summary>
    internal double[] OfAll(OutcomeSpace space)
    {
        // What the issues before the last few add up to is the same for whole runs of outcomes, and summed once.
        double[] sums = [Bias];
        for (var i = 0; i < Weights.Count; i++)
        {
            var issue = Agenda.Issues[i];
            var levels = (int)issue.LevelCount;
            var longer = new double[sums.Length * levels];
            var terms = new double[levels];
            for (var level = 0; level < levels; level++)
            {
                terms[level] = Weights[i] * ValueFunctions[i].ValueOf(issue, issue.ValueAt(level));
            }

            for (var (prefix, at) = (0, 0); prefix < sums.Length; prefix++, at += levels)
            {
                for (var level = 0; level < levels; level++)
                {
                    longer[at + level] = sums[prefix] + terms[level];
                }
            }

            sums = longer;
        }

        Debug.Assert(sums.Length == space.Count, "Every outcome has a utility.");
        return sums;
    }

    private string? Flaw()
    {
        var issues = Agenda.Issues.Count;
        if (ValueFunctions.Count != issues || Weights.Count != issues)
        {
            return $"The agenda has {issues} issues, and the utility {ValueFunctions.Count} value functions "
                + $"and {Weights.Count} weights; it needs one of each an issue.";
        }

        if (!Weights.All(double.IsFinite) || !double.IsFinite(Bias))
        {
            return "Weights and bias must be finite numbers.";
        }

        if (double.IsNaN(ReservationValue) || double.IsPositiveInfinity(ReservationValue))
        {
            return $"A reservation value is finite or −∞, not {ReservationValue}.";
        }

        return ValueFunctions
            .Select((function, i) => function.FlawFor(Agenda.Issues[i]))
            .FirstOrDefault(flaw => flaw is not null);
    }
}
