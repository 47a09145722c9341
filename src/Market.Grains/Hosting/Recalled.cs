using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>
/// A message that a grain could not decide without old events of its own stream (<see cref="GrainStep.Recalls"/>),
/// delivered again with them. Other messages may have come in between.
/// </summary>
/// <param name="Message">The message.</param>
/// <param name="Events">The events that were asked for, in the order of their versions.</param>
public sealed record Recalled(object Message, ValueArray<RecalledEvent> Events);

/// <summary>An old event of a grain's own stream.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Event">The event.</param>
public readonly record struct RecalledEvent(long Version, object Event);
