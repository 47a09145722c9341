using Market.Domain;

namespace Market.Grains.Mandates;

/// <summary>A negotiation without an agreement or an end, at least one of whose sides acts under a mandate.</summary>
/// <param name="Stream">Number of its stream.</param>
/// <param name="Negotiation">Which.</param>
/// <param name="Buyer">The buyer's mandate, or null.</param>
/// <param name="Seller">The seller's mandate, or null.</param>
public sealed record OpenUnderMandate(
    long Stream, NegotiationId Negotiation, MandateId? Buyer, MandateId? Seller);

/// <summary>What <see cref="MandateWatch"/> saves.</summary>
/// <param name="Copies">The mandates, as <see cref="Domain.Mandates.MandateCopies.Save"/> writes them.</param>
/// <param name="Open">The open negotiations.</param>
public sealed record SavedMandateWatch(ReadOnlyMemory<byte> Copies, ValueArray<OpenUnderMandate> Open);
