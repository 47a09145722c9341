using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Chaos.Killing;

/// <summary>An event as an agent's user was given it, or should have been.</summary>
/// <param name="Negotiation">Where.</param>
/// <param name="Seq">Version of the negotiation that the event made.</param>
/// <param name="Event">What happened, as this side may know it.</param>
internal sealed record SeenEvent(NegotiationId Negotiation, long Seq, NegotiationEvent Event)
{
    /// <summary>The event in its one binary form.</summary>
    public string Bytes => Convert.ToHexString(WireCatalog.EncodeTagged(Event));

    /// <summary>Whether both are the same event, to the byte.</summary>
    public bool IsSameAs(SeenEvent other) =>
        (Negotiation, Seq) == (other.Negotiation, other.Seq) && Bytes == other.Bytes;

    /// <inheritdoc/>
    public override string ToString() => $"{Negotiation} {Seq} {Event.GetType().Name}";
}
