namespace Market.Simulations.Populations;

/// <summary>What a population is drawn from, where no data set gives it.</summary>
internal sealed record PopulationSettings
{
    /// <summary>Most agents of a side.</summary>
    public const int AgentsMax = 2_000;

    /// <summary>Buyers, 1 to <see cref="AgentsMax"/>; each has one need.</summary>
    public int Demand { get; init; } = 40;

    /// <summary>Sellers, 1 to <see cref="AgentsMax"/>.</summary>
    public int Supply { get; init; } = 30;

    /// <summary>Kinds of goods, 1 to 1,000.</summary>
    public int Goods { get; init; } = 10;

    /// <summary>Kinds that a seller has, 1 to 64 and at most <see cref="Goods"/>.</summary>
    public int Menu { get; init; } = 4;

    /// <summary>A kind's usual price, in currency units.</summary>
    public Distribution Price { get; init; } = new(DistributionKind.Triangular, 5, 40, 15);

    /// <summary>What a piece is worth to a buyer, as a share of the usual price.</summary>
    public Distribution Worth { get; init; } = new(DistributionKind.Uniform, 0.7, 1.4);

    /// <summary>A seller's posted price, as a share of the usual price.</summary>
    public Distribution Posted { get; init; } = new(DistributionKind.Uniform, 0.9, 1.2);

    /// <summary>The least that a seller takes, as a share of its posted price; kept within 0 and 1.</summary>
    public Distribution Floor { get; init; } = new(DistributionKind.Uniform, 0.6, 0.9);
}
