namespace Market.Domain.Negotiating;

/// <summary>
/// The issues that a negotiation settles, in a fixed order. Exactly one of them is a price; at most one is the quantity
/// (without it one unit changes hands).
/// </summary>
/// <param name="Currency">The currency of every amount in the negotiation.</param>
/// <param name="Issues">The issues; an outcome has one value for each.</param>
public sealed record Agenda(Currency Currency, ValueArray<Issue> Issues)
{
    /// <summary>Whether an outcome has one allowed value for each issue.</summary>
    public bool Contains(Outcome outcome)
    {
        if (outcome.Values.Count != Issues.Count)
        {
            return false;
        }

        for (var i = 0; i < Issues.Count; i++)
        {
            if (!Issues[i].Contains(outcome[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Units that change hands under an outcome of this agenda.</summary>
    public long QuantityOf(Outcome outcome) => ValueOf(outcome, IssueKind.Quantity) ?? 1;

    /// <summary>All-in total in minor units: the total price, or unit price × quantity.</summary>
    /// <exception cref="OverflowException">The product does not fit 64 bits; a market refuses such agendas.</exception>
    public long TotalOf(Outcome outcome) =>
        ValueOf(outcome, IssueKind.TotalPrice) ?? ((ValueOf(outcome, IssueKind.UnitPrice) ?? 0) * QuantityOf(outcome));

    /// <summary>The terms of an outcome, with the total that the server will compute.</summary>
    public Terms TermsOf(Outcome outcome) => new(outcome, TotalOf(outcome));

    private long? ValueOf(Outcome outcome, IssueKind kind)
    {
        for (var i = 0; i < Issues.Count; i++)
        {
            if (Issues[i].Kind == kind)
            {
                return outcome[i];
            }
        }

        return null;
    }
}
