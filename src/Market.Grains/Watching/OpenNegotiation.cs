using Market.Domain;

namespace Market.Grains.Watching;

/// <summary>A negotiation without an agreement or an end, with what its going on depends on.</summary>
/// <typeparam name="TKey">What it depends on.</typeparam>
/// <param name="Stream">Number of its stream.</param>
/// <param name="Negotiation">Which.</param>
/// <param name="First">One thing, or null.</param>
/// <param name="Second">Another, or null.</param>
public sealed record OpenNegotiation<TKey>(long Stream, NegotiationId Negotiation, TKey? First, TKey? Second)
    where TKey : struct, IEquatable<TKey>;
