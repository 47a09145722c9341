using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>What a run has come to, added up in the order of the negotiations. For one thread at a time.</summary>
internal sealed class RunTotals
{
    private const int FailuresMax = 20;
    private readonly Dictionary<string, StrategyTotals> _strategies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _failures = new(StringComparer.Ordinal);

    /// <summary>Number of negotiations.</summary>
    public long Negotiations { get; private set; }

    /// <summary>How many ended in agreement.</summary>
    public long Agreements { get; private set; }

    /// <summary>How many were ended by a strategy's failure.</summary>
    public long Failed { get; private set; }

    /// <summary>Number of offers.</summary>
    public long Offers { get; private set; }

    /// <summary>Each strategy's, by name.</summary>
    public IEnumerable<StrategyTotals> Strategies => _strategies.Values;

    /// <summary>The first different failures, each with how often it occurred.</summary>
    public IReadOnlyDictionary<string, long> Failures => _failures;

    /// <summary>Adds a negotiation.</summary>
    public void Add(NegotiationRow row)
    {
        Negotiations++;
        Offers += row.Offers;
        Agreements += row.IsAgreement ? 1 : 0;
        var isSelfPlay = row.IsSelfPlay;
        foreach (var party in row.Parties.AsSpan())
        {
            if (!_strategies.TryGetValue(party.Strategy, out var totals))
            {
                totals = new StrategyTotals(party.Strategy);
                _strategies.Add(party.Strategy, totals);
            }

            totals.Add(party, row.IsAgreement, isSelfPlay);
        }

        if (row.Failure.Length > 0)
        {
            Failed++;
            if (_failures.TryGetValue(row.Failure, out var times) || _failures.Count < FailuresMax)
            {
                _failures[row.Failure] = times + 1;
            }
        }
    }
}

/// <summary>What a strategy came to in a run; against others, and against itself.</summary>
/// <param name="name">Its full name.</param>
internal sealed class StrategyTotals(string name)
{
    private readonly Sums _others = new();
    private readonly Sums _self = new();

    /// <summary>The strategy's full name.</summary>
    public string Name => name;

    /// <summary>Seats that it had in negotiations with others; each counts once.</summary>
    public long Seats => _others.Seats;

    /// <summary>Share of those with an agreement; null without any.</summary>
    public double? AgreementRate => _others.Share(_others.Agreements);

    /// <summary>Its mean utility in those where it is finite; null without any.</summary>
    public double? Utility => _others.MeanUtility;

    /// <summary>Its mean advantage in those where it is defined; null without any.</summary>
    public double? Advantage => _others.Advantages == 0 ? null : _others.Advantage / _others.Advantages;

    /// <summary>Share of the seats in self-play with an agreement; null without any.</summary>
    public double? SelfAgreementRate => _self.Share(_self.Agreements);

    /// <summary>Its mean utility in self-play where it is finite; null without any.</summary>
    public double? SelfUtility => _self.MeanUtility;

    /// <summary>
    /// Seats that the mean utilities leave out: no agreement, and −∞ as the reservation value says that anything would
    /// have been better.
    /// </summary>
    public long LeftOut => _others.LeftOut + _self.LeftOut;

    /// <summary>Adds a seat.</summary>
    public void Add(PartyRow party, bool isAgreement, bool isSelfPlay)
    {
        var sums = isSelfPlay ? _self : _others;
        sums.Seats++;
        sums.Agreements += isAgreement ? 1 : 0;
        if (double.IsFinite(party.Utility))
        {
            sums.Utility += party.Utility;
        }
        else
        {
            sums.LeftOut++;
        }

        if (party.Advantage is { } advantage)
        {
            sums.Advantages++;
            sums.Advantage += advantage;
        }
    }

    private sealed class Sums
    {
        public long Seats;
        public long Agreements;
        public double Utility;
        public long LeftOut;
        public long Advantages;
        public double Advantage;

        public double? MeanUtility => Seats == LeftOut ? null : Utility / (Seats - LeftOut);

        public double? Share(double sum) => Seats == 0 ? null : sum / Seats;
    }
}
