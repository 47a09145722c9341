using Market.Domain;
using Market.Grains.Watching;

namespace Market.Grains.Mandates;

/// <summary>What <see cref="MandateWatch"/> saves.</summary>
/// <param name="Copies">The mandates, as <see cref="Domain.Mandates.MandateCopies.Save"/> writes them.</param>
/// <param name="Open">The open negotiations under mandates: the buyer's and the seller's.</param>
public sealed record SavedMandateWatch(
    ReadOnlyMemory<byte> Copies, ValueArray<OpenNegotiation<MandateId>> Open);
