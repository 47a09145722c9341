using Market.Domain.Negotiating;

namespace Market.Chaos.Killing;

/// <summary>That an agent was told of an act of its own as recorded; the same may be told several times.</summary>
/// <param name="Gateway">By whom.</param>
/// <param name="At">When.</param>
/// <param name="Act">What.</param>
internal sealed record ToldRecord(Uri Gateway, DateTimeOffset At, ActRecorded Act);
