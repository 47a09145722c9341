namespace Market.Domain.Negotiating;

/// <summary>
/// The issues that a negotiation settles, in a fixed order. Exactly one of them is a price; at most one is the quantity
/// (without it one unit changes hands).
/// </summary>
/// <param name="Currency">The currency of every amount in the negotiation.</param>
/// <param name="Issues">The issues; an outcome has one value for each.</param>
/// <param name="Charges">What the buyer pays beside or within the price: taxes, delivery, fees.</param>
public sealed record Agenda(Currency Currency, ValueArray<Issue> Issues, ValueArray<Charge> Charges = default)
{
    /// <summary>Number of text issues: terms have a label for each.</summary>
    public int TextCount
    {
        get
        {
            var count = 0;
            foreach (var issue in Issues)
            {
                count += issue.Kind == IssueKind.Text ? 1 : 0;
            }

            return count;
        }
    }

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

    /// <summary>The price of the goods in minor units, without charges: the total price, or unit price ×
    /// quantity.</summary>
    /// <exception cref="OverflowException">The product does not fit 64 bits; a market refuses such agendas.</exception>
    public long GoodsOf(Outcome outcome) =>
        ValueOf(outcome, IssueKind.TotalPrice) ?? ((ValueOf(outcome, IssueKind.UnitPrice) ?? 0) * QuantityOf(outcome));

    /// <summary>All-in total in minor units: the goods with all charges; see <see cref="BreakdownOf"/>.</summary>
    /// <exception cref="OverflowException">It does not fit 64 bits; a market refuses such agendas.</exception>
    public long TotalOf(Outcome outcome) =>
        Charges.Count == 0 ? GoodsOf(outcome) : AllInTotal.Of(this, outcome).TotalMinor;

    /// <summary>
    /// What the all-in total is made of: the goods and each charge. Every rate is rounded by itself to the nearest
    /// minor unit, half of one to the even neighbour, and an included tax is a part of the others.
    /// </summary>
    /// <exception cref="OverflowException">It does not fit 64 bits; a market refuses such agendas.</exception>
    public TotalBreakdown BreakdownOf(Outcome outcome) => AllInTotal.Of(this, outcome);

    /// <summary>The terms of an outcome, with the total that the server will compute.</summary>
    /// <param name="outcome">A value for every issue.</param>
    /// <param name="labels">The texts of the text issues, in their order; empty where nothing is said.</param>
    public Terms TermsOf(Outcome outcome, ValueArray<string> labels = default) =>
        new(outcome, TotalOf(outcome), labels.Count > 0 ? labels : NothingSaid());

    private ValueArray<string> NothingSaid() =>
        TextCount is > 0 and var count ? Enumerable.Repeat(string.Empty, count).ToValueArray() : [];

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
