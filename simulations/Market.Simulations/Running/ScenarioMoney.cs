using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Running;

/// <summary>
/// What a scenario says of money: the total of each outcome, who pays it, and what a minor unit is worth to each
/// profile. A profile is in money where its utility falls or rises with the total along a straight line: then a
/// difference of utilities is an amount, whatever unit the utility is in. Immutable.
/// </summary>
internal sealed class ScenarioMoney
{
    private const double StraightWithin = 1e-9; // of the line's height

    private readonly Scenario _scenario;
    private readonly int _price;
    private readonly int _quantity;
    private readonly int[] _strides;
    private readonly double?[] _worthOfMinor;

    private ScenarioMoney(Scenario scenario, int price)
    {
        _scenario = scenario;
        _price = price;
        var issues = scenario.Agenda.Issues;
        _quantity = issues[price].Kind == IssueKind.UnitPrice ? PlaceOf(issues, IssueKind.Quantity) : -1;
        _strides = new int[issues.Count];
        for (int i = issues.Count - 1, stride = 1; i >= 0; stride *= (int)issues[i].LevelCount, i--)
        {
            _strides[i] = stride;
        }

        _worthOfMinor = [.. scenario.Profiles.Select(WorthOf)];
    }

    /// <summary>The money of a scenario that can be ranked; null where none of its issues is a price.</summary>
    public static ScenarioMoney? Of(Scenario scenario)
    {
        var issues = scenario.Agenda.Issues;
        var price = PlaceOf(issues, IssueKind.TotalPrice);
        price = price >= 0 ? price : PlaceOf(issues, IssueKind.UnitPrice);
        return price >= 0 ? new ScenarioMoney(scenario, price) : null;
    }

    /// <summary>
    /// The side of a profile: the buyer likes the lowest price better than the highest, the seller the highest; null
    /// where it does not care.
    /// </summary>
    public Party? SideOf(int profile)
    {
        var issue = _scenario.Agenda.Issues[_price];
        return (PriceWorth(profile, issue.Highest) - PriceWorth(profile, issue.Lowest)) switch
        {
            < 0 => Party.Buyer,
            > 0 => Party.Seller,
            _ => null,
        };
    }

    /// <summary>What the buyer pays in all under an outcome, in minor units.</summary>
    public long TotalOf(int outcome) =>
        ValueOf(outcome, _price) * (_quantity >= 0 ? ValueOf(outcome, _quantity) : 1);

    /// <summary>
    /// What all but the price is worth to a profile. Equal terms have equal bits: it is a sum of its own, not the
    /// utility less the price's part.
    /// </summary>
    public double TermsWorth(int profile, int outcome)
    {
        var utility = _scenario.Profiles[profile].Utility;
        var sum = 0.0;
        for (var i = 0; i < _strides.Length; i++)
        {
            sum += i == _price
                ? 0
                : utility.Weights[i]
                    * utility.ValueFunctions[i].ValueOf(_scenario.Agenda.Issues[i], ValueOf(outcome, i));
        }

        return sum;
    }

    /// <summary>What a party has gained over no agreement, in minor units; null where its profile is not in money.
    /// </summary>
    /// <param name="profile">Its profile.</param>
    /// <param name="utility">The utility that it has got; the reservation value without agreement.</param>
    public double? GainOf(int profile, double utility)
    {
        var reservation = _scenario.Profiles[profile].Utility.ReservationValue;
        return _worthOfMinor[profile] is { } worth && double.IsFinite(reservation)
            ? (utility - reservation) / worth
            : null;
    }

    private long ValueOf(int outcome, int issue)
    {
        var of = _scenario.Agenda.Issues[issue];
        return of.ValueAt(outcome / _strides[issue] % (int)of.LevelCount);
    }

    private double PriceWorth(int profile, long price)
    {
        var utility = _scenario.Profiles[profile].Utility;
        return utility.Weights[_price] * utility.ValueFunctions[_price].ValueOf(_scenario.Agenda.Issues[_price], price);
    }

    // Utility of one minor unit of the total, above 0; null where it is not the same everywhere.
    private double? WorthOf(Profile profile, int number)
    {
        var issue = _scenario.Agenda.Issues[_price];
        var quantity = _quantity >= 0 ? _scenario.Agenda.Issues[_quantity] : null;
        if (quantity is { IsNegotiable: true } || issue.Highest == issue.Lowest)
        {
            return null;
        }

        var (low, high) = (PriceWorth(number, issue.Lowest), PriceWorth(number, issue.Highest));
        var slope = (high - low) / (issue.Highest - issue.Lowest);
        for (var level = 0L; profile.Utility.ValueFunctions[_price] is TableValueFunction && level < issue.LevelCount;
            level++)
        {
            var price = issue.ValueAt(level);
            var line = low + (slope * (price - issue.Lowest));
            if (Math.Abs(PriceWorth(number, price) - line) > StraightWithin * Math.Abs(high - low))
            {
                return null;
            }
        }

        return slope == 0 ? null : Math.Abs(slope) / (quantity?.Lowest ?? 1);
    }

    private static int PlaceOf(Domain.ValueArray<Issue> issues, IssueKind kind)
    {
        for (var i = 0; i < issues.Count; i++)
        {
            if (issues[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }
}
