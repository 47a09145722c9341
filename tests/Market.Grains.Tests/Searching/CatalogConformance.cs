namespace Market.Grains.Tests.Searching;

/// <summary>
/// What every catalogue must do, wherever its documents are. As they stand the tests run with one in memory;
/// <see cref="PostgresCatalogTests"/> runs each of them again with one in PostgreSQL.
/// </summary>
public abstract class CatalogConformance : IAsyncLifetime
{
    /// <summary>Starts a catalogue that is empty.</summary>
    internal Func<Task<CatalogBench>> Start { get; set; } = CatalogBench.StartAsync;

    private protected CatalogBench Bench { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Bench = await Start();

    public async Task DisposeAsync() => await Bench.DisposeAsync();
}
