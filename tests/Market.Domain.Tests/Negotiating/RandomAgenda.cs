using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// Agendas that a market takes, of every kind of issue and charge, from a seed; and outcomes of them.
/// </summary>
internal sealed class RandomAgenda
{
    private readonly Random _random;

    public RandomAgenda(int seed)
    {
        _random = new Random(seed);
        do
        {
            Agenda = Make();
        }
        while (!AgendaRules.IsValid(Agenda));
    }

    public Agenda Agenda { get; }

    /// <summary>An outcome with a value at an edge or in the middle of each issue.</summary>
    public Outcome Any() => Outcome.Of([.. Agenda.Issues.Select(ValueOf)]);

    /// <summary>The outcome whose every value is the largest one.</summary>
    public Outcome Dearest() => Outcome.Of([.. Agenda.Issues.Select(static issue => issue.Highest)]);

    private long ValueOf(Issue issue) => _random.Next(3) switch
    {
        0 => issue.Lowest,
        1 => issue.Highest,
        _ => issue.ValueAt(_random.NextInt64(issue.LevelCount)),
    };

    private Agenda Make()
    {
        // Up to the largest amount, so that agendas next to the edge of what is valid come up too.
        var top = 1L << _random.Next(50);
        List<Issue> issues = [Issue.Choice("ship to", "here", "near", "far")];
        issues.Add(_random.Next(2) == 0 ? Issue.TotalPrice(1, top) : Issue.UnitPrice(1, top));
        issues.AddRange(new[]
        {
            Issue.Quantity(1, 1 + _random.Next(100)), Issue.Range("days", 0, 10, 5), Issue.Money("deposit", 0, top),
            Issue.Date("day", new DateOnly(2026, 11, 22), new DateOnly(2027, 1, 1)), Issue.Boolean("gift"),
            Issue.Text("engraving"), Issue.Choice("colour", "red", "blue").FixedAt(1),
        }.Where(_ => _random.Next(2) == 0));
        return new Agenda(Currency.Usd, issues.ToValueArray(), Charges().ToValueArray());
    }

    private IEnumerable<Charge> Charges()
    {
        var isIncluded = _random.Next(2) == 0;
        for (var i = 0; i < _random.Next(7); i++)
        {
            yield return _random.Next(5) switch
            {
                0 => Charge.Delivery($"charge {i}", Amount()),
                1 => Charge.DeliveryBy($"charge {i}", 0, Amount(), Amount(), Amount()),
                2 => Charge.Fee($"charge {i}", Amount()),
                3 => Charge.FeeRate($"charge {i}", Rate()),
                _ => isIncluded ? Charge.TaxIncluded($"charge {i}", Rate()) : Charge.TaxAdded($"charge {i}", Rate()),
            };
        }
    }

    private long Amount() => _random.NextInt64(1L << _random.Next(46));

    private int Rate() => _random.Next(4) == 0 ? Charge.BasisPointsMax : 1 + _random.Next(Charge.BasisPointsMax);
}
