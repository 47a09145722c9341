using Market.Domain;

namespace Market.Client.Pending;

/// <summary>A line of a file of pending commands.</summary>
/// <param name="Id">The act.</param>
/// <param name="Added">The act, where it is added; null where it is struck out.</param>
public sealed record PendingLine(MessageId Id, PendingCommand? Added);
