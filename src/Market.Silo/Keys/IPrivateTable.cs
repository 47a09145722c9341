using Market.Domain;
using Market.Domain.Hosting;

namespace Market.Silo.Keys;

/// <summary>
/// What agents leave with the market in confidence, beside the journal and never in it. Each agent has a key of its
/// own; each record is sealed with its agent's. To erase a record deletes it, and gives what else the agent has a new
/// key: the old one, and with it the record's bytes in any copy, is lost.
/// </summary>
internal interface IPrivateTable : IDisposable
{
    /// <summary>
    /// Stores a record, unless one of the hosting is there already; returns the one that is there now.
    /// </summary>
    byte[] Put(AgentNumber agent, HostingId hosting, ReadOnlySpan<byte> content);

    /// <summary>A record; null where there is none, or it cannot be opened.</summary>
    byte[]? Find(AgentNumber agent, HostingId hosting);

    /// <summary>Every record that is there.</summary>
    IReadOnlyList<(AgentNumber Agent, HostingId Hosting)> All();

    /// <summary>Erases a record; nothing where there is none.</summary>
    void Erase(AgentNumber agent, HostingId hosting);
}
