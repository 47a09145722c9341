using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>Silos of tallies over one journal in one process; a test asks the first.</summary>
internal static class SilosUnderTest
{
    /// <summary>Starts a cluster.</summary>
    /// <param name="transports">How each silo reaches the others.</param>
    /// <param name="journal">The journal that they share.</param>
    /// <param name="witness">Makes the grains, and hears of errors.</param>
    /// <param name="limits">Limits of each silo.</param>
    /// <returns>The first silo as the port, and all silos in order.</returns>
    public static async Task<(ClusterUnderTest Cluster, IReadOnlyList<SiloCluster> Silos)> StartAsync(
        IEnumerable<ISiloTransport> transports, HeldJournal journal, Witness witness, EngineLimits limits)
    {
        var silos = new List<SiloCluster>();
        var mailboxes = new List<EmbeddedCluster>();
        var feed = AgentFeed.Start(journal);
        foreach (var transport in transports)
        {
            var silo = new SiloCluster(journal, transport);
            var here = new EmbeddedCluster(
                journal, Tallying.Codec, witness.Make, feed.SubscribeAsync, new EmbeddedClusterOptions
                {
                    Creates = Tallying.Creates,
                    OnError = witness.OnError,
                    MailboxMax = limits.MailboxMax,
                    InFlightMax = limits.InFlightMax,
                    Tells = silo.Tell,
                    Left = silo.Left,
                });
            await silo.StartAsync(here);
            silos.Add(silo);
            mailboxes.Add(here);
        }

        var stop = new Lazy<Task>(StopAsync);
        return (
            new ClusterUnderTest(
                silos[0], () => mailboxes.Sum(static here => here.Activations), () => new ValueTask(stop.Value)),
            silos);

        async Task StopAsync()
        {
            foreach (var (silo, here) in silos.Zip(mailboxes))
            {
                await silo.DisposeAsync();
                await here.DisposeAsync();
            }

            await feed.DisposeAsync();
        }
    }
}
