using System.Reflection;
using Market.Silo.Clustering;
using Orleans.Configuration;

namespace Market.Orleans.Tests;

/// <summary>The keys are those that the providers of the pinned version look for.</summary>
public sealed class ProviderKeysTests
{
    [Fact]
    public void Every_statement_of_the_membership_provider_is_there()
    {
        var keys = typeof(AdoNetClusteringSiloOptions).Assembly
            .GetType("Orleans.Clustering.AdoNet.Storage.DbStoredQueries", throwOnError: true)!
            .GetProperties(BindingFlags.Instance | BindingFlags.NonPublic).Select(static key => key.Name).ToHashSet();
        Assert.Contains("GatewaysQueryKey", keys);
        Assert.Subset(ClusterSchema.Queries.Keys.ToHashSet(), keys);
    }

    [Fact]
    public void Every_statement_of_the_storage_provider_is_there()
    {
        var find = (string)typeof(AdoNetGrainStorageOptions).Assembly
            .GetType("Orleans.Storage.AdoNetGrainStorage", throwOnError: true)!
            .GetField("DefaultInitializationQuery")!.GetRawConstantValue()!;
        var keys = find.Split('\'').Where(static word => word.EndsWith("Key", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(4, keys.Count);
        Assert.Subset(ClusterSchema.Queries.Keys.ToHashSet(), keys);
    }
}
