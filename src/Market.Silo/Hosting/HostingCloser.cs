using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Silo.Keys;

namespace Market.Silo.Hosting;

/// <summary>The one way in which a hosting ends: first in the journal, then its utility is erased.</summary>
/// <param name="cluster">The grains.</param>
/// <param name="table">What agents left in confidence.</param>
internal sealed class HostingCloser(IGrainCluster cluster, IPrivateTable table)
{
    /// <summary>The grain in whose stream an agent's hostings are.</summary>
    public static GrainId GrainOf(Agent agent) => agent.Profile.Role == AgentRole.Buyer
        ? GrainId.OfBuyer(agent.Number)
        : GrainId.OfSeller(agent.Number);

    /// <summary>An agent's hostings as it may see them: those that run and the latest that have ended.</summary>
    public async ValueTask<HostingState> ShowAsync(Agent agent) =>
        await cluster.AskAsync(GrainOf(agent), new GetHostings()).ConfigureAwait(false) as HostingState
            ?? new HostingState([]);

    /// <summary>An agent's hostings that run.</summary>
    public async ValueTask<IReadOnlyList<HostingView>> RunningAsync(Agent agent) =>
        [.. (await ShowAsync(agent).ConfigureAwait(false)).Hostings.Where(static hosting => hosting.End is null)];

    /// <summary>Ends a hosting; the answer is the agent's grain's.</summary>
    public async ValueTask<object> EndAsync(Agent agent, HostingId hosting, HostingEnd end)
    {
        var answer = await cluster.AskAsync(GrainOf(agent), new EndHosting(agent.Number, hosting, end))
            .ConfigureAwait(false);
        if (answer is HostingRecorded)
        {
            table.Erase(agent.Number, hosting);
        }

        return answer is GrainNotFound ? Refusals.Of(HostingRefusal.HostingNotFound) : answer;
    }
}
