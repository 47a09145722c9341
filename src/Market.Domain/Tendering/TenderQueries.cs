using Market.Domain.Wire;

namespace Market.Domain.Tendering;

/// <summary>What an agent asks of a tender.</summary>
/// <param name="Tender">Which.</param>
public abstract record TenderQuery(TenderId Tender);

/// <summary>Asks where a tender stands. Answer: <see cref="TenderView"/>.</summary>
/// <inheritdoc cref="TenderQuery"/>
[WireType(146)]
public sealed record GetTender(TenderId Tender) : TenderQuery(Tender);

/// <summary>
/// Asks for the bids in the revealed order; for the buyer, after the reveal. Answer: <see cref="BidsPage"/>.
/// </summary>
/// <inheritdoc cref="TenderQuery"/>
/// <param name="After">Place of the last bid of the page before; 0 for the first page.</param>
/// <param name="CountMax">How many at most, 1 to 256.</param>
[WireType(147)]
public sealed record GetBids(TenderId Tender, int After = 0, int CountMax = 64) : TenderQuery(Tender);

/// <summary>
/// Asks for the hashes of all bids, ascending, from which and the nonce anyone who took part computes the seed; after
/// the reveal. Answer: <see cref="BidHashesPage"/>.
/// </summary>
/// <inheritdoc cref="TenderQuery"/>
/// <param name="After">How many to leave out; 0 for the first page.</param>
/// <param name="CountMax">How many at most, 1 to 256.</param>
[WireType(148)]
public sealed record GetBidHashes(TenderId Tender, int After = 0, int CountMax = 256) : TenderQuery(Tender);

/// <summary>
/// Finds tenders that every seller may bid in and whose windows have not ended, in order of their ids. Answer:
/// <see cref="TendersFound"/>.
/// </summary>
/// <param name="Category">The category that the request names, or null for all.</param>
/// <param name="After">The last tender of the page before, or null for the first page.</param>
/// <param name="CountMax">How many at most, 1 to 64.</param>
[WireType(149)]
public sealed record FindTenders(string? Category = null, TenderId? After = null, int CountMax = 20);
