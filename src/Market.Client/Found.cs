using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>Something that was found, and why.</summary>
/// <typeparam name="T">A listing or a request.</typeparam>
/// <param name="Item">It.</param>
/// <param name="Match">Which words matched where, which attributes it has, its price in the range, its score.</param>
public sealed record Found<T>(T Item, SearchMatch Match);
