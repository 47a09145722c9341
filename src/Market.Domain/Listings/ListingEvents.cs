using Market.Domain.Negotiating;
using Market.Domain.Settling;

namespace Market.Domain.Listings;

/// <summary>A listing is published.</summary>
/// <param name="At">When.</param>
/// <param name="Listing">It.</param>
/// <param name="Digest">Digest of the act that published it.</param>
[Wire.WireType(710)]
public sealed record ListingAdded(LedgerTime At, Listing Listing, ActDigest Digest);

/// <summary>A listing has a new version; offers bound to an older one are stale.</summary>
/// <param name="At">When.</param>
/// <param name="Listing">Its new version.</param>
/// <param name="Message">The id of the act that changed it.</param>
/// <param name="Digest">Digest of that act.</param>
/// <param name="Changes">What differs from the version before.</param>
/// <param name="Returned">
/// The command by which the ledger took units back for it first; null where the stock did not fall.
/// </param>
[Wire.WireType(712)]
public sealed record ListingChanged(
    LedgerTime At,
    Listing Listing,
    MessageId Message,
    ActDigest Digest,
    ValueArray<FieldProblem> Changes,
    LedgerCommandId? Returned = null);

/// <summary>A listing is withdrawn: nobody negotiates over it any more.</summary>
/// <param name="At">When.</param>
/// <param name="Listing">Which.</param>
/// <param name="Version">Its last version.</param>
/// <param name="Message">The id of the act that withdrew it.</param>
/// <param name="Digest">Digest of that act.</param>
[Wire.WireType(713)]
public sealed record ListingEnded(
    LedgerTime At, ListingId Listing, int Version, MessageId Message, ActDigest Digest);

/// <summary>
/// A change that takes units out of stock waits for the ledger, which alone knows how many are unsold. It becomes a
/// version when they are back, and is refused where they are not there.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Listing">The version that it is to become.</param>
/// <param name="Message">The id of the act.</param>
/// <param name="Digest">Digest of that act.</param>
[Wire.WireType(714)]
public sealed record ListingChangeBegun(LedgerTime At, Listing Listing, MessageId Message, ActDigest Digest);
