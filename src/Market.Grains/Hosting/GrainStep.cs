using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>
/// A one-way message from one grain to another: idempotent, and sent again by the sweeper until answered.
/// </summary>
/// <param name="To">The grain.</param>
/// <param name="Message">A record known to the wire catalogue.</param>
public readonly record struct Tell(GrainId To, object Message);

/// <summary>What one message does: at most one event, and what leaves the grain once that event is durable.</summary>
/// <param name="Reply">The answer to whoever asked; null when the message was a tell.</param>
/// <param name="Event">The event to append; null when nothing happened.</param>
/// <param name="DueAt">The stream's one armed deadline after this event, its earliest; null when none.</param>
/// <param name="Audience">The agents who may see the event.</param>
/// <param name="Tells">Messages to other grains.</param>
/// <param name="Recalls">
/// Versions of the grain's own stream without which it cannot decide: then nothing else here counts, and the message is
/// delivered again, as <see cref="Recalled"/>, with those events. Empty for a step that stands.
/// </param>
public readonly record struct GrainStep(
    object? Reply,
    object? Event = null,
    LedgerTime? DueAt = null,
    Audience Audience = default,
    ValueArray<Tell> Tells = default,
    ValueArray<long> Recalls = default);

/// <summary>
/// The agents who may see an event: nobody, one, or two; for a negotiation its buyer and its seller, in that order. For
/// events of more than two, a stream has a group: a row may let an agent join it, and a row may be for all who have.
/// </summary>
/// <param name="First">An agent, or <see cref="AgentNumber.None"/>.</param>
/// <param name="Second">
/// Another agent, or <see cref="AgentNumber.None"/>; −1 where the first joins its stream's group, −2 where the event is
/// for the whole group.
/// </param>
public readonly record struct Audience(AgentNumber First, AgentNumber Second)
{
    private static readonly AgentNumber Joining = new(-1);
    private static readonly AgentNumber Group = new(-2);

    /// <summary>All who have joined the stream's group, by this row or an earlier one.</summary>
    public static Audience WholeGroup => new(AgentNumber.None, Group);

    /// <summary>Whether the event is for all of the stream's group.</summary>
    public bool IsWholeGroup => Second == Group;

    /// <summary>Whether <see cref="First"/> joins the stream's group; again changes nothing.</summary>
    public bool IsJoining => Second == Joining;

    /// <summary>One agent, which joins the stream's group.</summary>
    public static Audience OfJoining(AgentNumber agent) => new(agent, Joining);

    /// <summary>Whether an agent is named here; whether it is of the group, only the stream tells.</summary>
    public bool Includes(AgentNumber agent) => agent != AgentNumber.None && (First == agent || Second == agent);
}
