namespace Market.Benchmarks;

/// <summary>
/// What so many deals a second need, by arithmetic from what was measured. Nothing here was run at that size: it says
/// how many of the measured parts add up to it, if each part keeps what it does now.
/// </summary>
/// <param name="deals">Deals a second.</param>
/// <param name="costs">What was measured.</param>
internal sealed class ScaleNeeds(double deals, ScaleCosts costs)
{
    /// <summary>
    /// Share of what a part can do that it is asked to do: a queue in front of one that is fuller grows, and one that
    /// fails leaves its work to the others.
    /// </summary>
    public const double Fullness = 0.5;

    private const double SecondsOfADay = 86_400;

    /// <summary>Messages that grains take in a second.</summary>
    public double Messages => deals * costs.Messages;

    /// <summary>Rows in a second.</summary>
    public double Rows => deals * costs.Rows;

    /// <summary>Gigabytes stored in a day.</summary>
    public double GigabytesADay => deals * costs.StoredBytes * SecondsOfADay / 1e9;

    /// <summary>Cores that serve.</summary>
    public double Cores => Math.Ceiling(deals * costs.ProcessorMilliseconds / 1_000 / Fullness);

    /// <summary>Books, each with a ledger of its own.</summary>
    public double Books => Math.Ceiling(deals / (costs.BookSettlements * Fullness));

    /// <summary>Journals, each a database of its own.</summary>
    public double Journals => Math.Ceiling(Rows / (costs.JournalRows * Fullness));
}
