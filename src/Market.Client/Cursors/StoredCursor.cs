using Market.Domain;

namespace Market.Client.Cursors;

/// <summary>A place in an agent's events.</summary>
/// <param name="Market">The market whose events they are.</param>
/// <param name="Agent">The agent whose events they are.</param>
/// <param name="Cursor">The opaque cursor of the last event read.</param>
public sealed record StoredCursor(MarketId Market, AgentNumber Agent, ReadOnlyMemory<byte> Cursor);
