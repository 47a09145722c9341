using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Silo.Clustering;

/// <summary>The engine of many silos, where this program was built with it.</summary>
internal static class ClusterEngines
{
    /// <summary>What to say where it was not.</summary>
    public const string HowToBuild =
        "This program was built without the Orleans engine; build it with "
        + "`dotnet build -c Release -p:OrleansEngine=true src/Market.Silo`.";

#if ORLEANS_ENGINE
    /// <summary>Whether it is there.</summary>
    public static bool HasOrleans => true;

    /// <summary>The engine; it joins when it is started, and says under which name before it does.</summary>
    public static ISiloTransport Create(
        ClusterMember member, MarketId market, ILoggerFactory logging, Func<string, Task> joining) =>
        new Orleans.OrleansSilo(member, market.Value, logging) { Joining = joining };
#else
    /// <summary>Whether it is there.</summary>
    public static bool HasOrleans => false;

    /// <summary>The engine; it joins when it is started, and says under which name before it does.</summary>
    /// <exception cref="MarketStartException">Always: it was not built.</exception>
    public static ISiloTransport Create(
        ClusterMember member, MarketId market, ILoggerFactory logging, Func<string, Task> joining) =>
        throw new MarketStartException(HowToBuild);
#endif
}
