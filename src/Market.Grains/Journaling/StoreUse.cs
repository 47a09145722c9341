namespace Market.Grains.Journaling;

/// <summary>Who may have a market's database open at once.</summary>
public sealed record StoreUse
{
    private StoreUse(string? clusterName) => ClusterName = clusterName;

    /// <summary>One process alone: the embedded engine, which knows nothing of another.</summary>
    public static StoreUse Alone { get; } = new((string?)null);

    /// <summary>The cluster whose silos share it; null for one process alone.</summary>
    public string? ClusterName { get; }

    /// <summary>The same as permits to append say it in the database.</summary>
    internal string OfPermits => ClusterName is null ? "alone" : $"cluster {ClusterName}";

    /// <summary>All silos of one cluster, and nobody else.</summary>
    /// <param name="name">The cluster's name.</param>
    public static StoreUse Cluster(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new StoreUse(name);
    }

    /// <inheritdoc/>
    public override string ToString() => ClusterName is null ? "a server alone" : $"cluster {ClusterName}";
}
