using Market.Grains.Hosting;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Market.Silo.Orleans;

/// <summary>What one silo says to another as such, apart from any grain.</summary>
[Alias("market.silo")]
internal interface ISiloService : IGrainService
{
    /// <summary>Has the silo hear something.</summary>
    Task HearAsync([Immutable] byte[] message);
}

[Reentrant]
internal sealed class SiloService(
    global::Orleans.Runtime.GrainId id, global::Orleans.Runtime.Silo silo, ILoggerFactory logging, SiloCluster cluster)
    : GrainService(id, silo, logging), ISiloService
{
    public Task HearAsync(byte[] message) => cluster.HearAsync(message);
}

/// <summary>Reaches every other silo that counts as active.</summary>
internal sealed class OtherSilos(IServiceProvider services, ILocalSiloDetails own, ISiloStatusOracle silos)
    : GrainServiceClient<ISiloService>(services)
{
    public async Task<IReadOnlyCollection<string>> TellAsync(byte[] message)
    {
        SiloAddress[] others = [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys
            .Where(silo => !silo.Equals(own.SiloAddress))];
        await Task.WhenAll(others.Select(silo => GetGrainService(silo).HearAsync(message)));
        return [.. others.Select(static silo => silo.ToParsableString())];
    }
}
