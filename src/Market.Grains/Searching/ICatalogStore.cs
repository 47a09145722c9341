using Market.Domain;
using Market.Domain.Listings;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// Where a catalogue keeps its documents and the index of their tokens. Everything above it is the same for all:
/// what a query means, how what is found is ranked, how pages follow each other.
/// </summary>
internal interface ICatalogStore : IAsyncDisposable
{
    /// <summary>Whether it was made anew, since there was none, or none that could be used.</summary>
    bool IsNew { get; }

    /// <summary>Runs one read.</summary>
    /// <exception cref="StoreDamagedException">It is not what was written.</exception>
    /// <exception cref="CatalogReplacedException">Another process made it again.</exception>
    /// <exception cref="StoreOperationException">It cannot be read at the moment.</exception>
    ValueTask<TResult> ReadAsync<TResult>(
        Func<ICatalogReader, ValueTask<TResult>> read, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a batch in with the position that it leads to: all of it or nothing; and nothing of what is there already,
    /// since another process that follows the same journal wrote it.
    /// </summary>
    /// <exception cref="StoreException">It was not taken in.</exception>
    ValueTask WriteAsync(CatalogBatch batch, CancellationToken cancellationToken = default);
}

/// <summary>Changes of a stretch of the journal.</summary>
/// <param name="Changes">What its rows change, in their order.</param>
/// <param name="After">The position up to which the store had the journal when it was written last.</param>
/// <param name="Position">The position at its end.</param>
/// <param name="Hash">The hash of the row there.</param>
internal sealed record CatalogBatch(IReadOnlyList<PlacedChange> Changes, long After, long Position, Hash256 Hash);

/// <summary>A change with the position of the row that makes it.</summary>
internal readonly record struct PlacedChange(long Position, CatalogChange Change);

/// <summary>How many documents there are to be found.</summary>
/// <param name="Listings">Listings.</param>
/// <param name="Requests">Requests.</param>
public readonly record struct CatalogCounts(long Listings, long Requests);

/// <summary>Reads a catalogue's store. One call at a time.</summary>
internal interface ICatalogReader
{
    /// <summary>Listings.</summary>
    ICatalogKindReader Listings { get; }

    /// <summary>Requests.</summary>
    ICatalogKindReader Requests { get; }

    /// <summary>Runs several reads that all see the same moment.</summary>
    ValueTask<TResult> AtOneMomentAsync<TResult>(Func<ICatalogReader, ValueTask<TResult>> read);

    /// <summary>Up to where the journal is taken in, and the hash of the row there.</summary>
    ValueTask<(long Position, Hash256 Hash)> ReadPositionAsync();

    /// <summary>How many documents there are.</summary>
    ValueTask<CatalogCounts> CountAsync();

    /// <summary>A listing as its seller wrote it, or null.</summary>
    ValueTask<Listing?> FindListingAsync(ListingId id);

    /// <summary>Posted prices of a listing after a version, in the wire's form.</summary>
    ValueTask<IReadOnlyList<byte[]>> ReadPostedAsync(ListingId listing, int afterVersion, int max);
}

/// <summary>Looks at one candidate of a search; false ends the walk.</summary>
/// <param name="document">The document's number.</param>
/// <param name="features">Its features, valid during the call.</param>
internal delegate bool CandidateVisitor(long document, FeatureView features);

/// <summary>Reads the documents of one kind.</summary>
internal interface ICatalogKindReader
{
    /// <summary>How many documents there are.</summary>
    ValueTask<long> CountAsync();

    /// <summary>How many documents have each of some tokens, in the tokens' order.</summary>
    ValueTask<long[]> FrequenciesOfAsync(IReadOnlyList<string> tokens);

    /// <summary>Documents in the wire's form, in the order of their numbers here; null for one that is gone.</summary>
    ValueTask<IReadOnlyList<byte[]?>> ReadBodiesAsync(IReadOnlyList<long> documents);

    /// <summary>The features of the document of an id, to look at; not called where there is none.</summary>
    /// <returns>Whether there is one.</returns>
    ValueTask<bool> VisitAsync(Guid id, CandidateVisitor visit);

    /// <summary>Looks at the documents that have some tokens.</summary>
    /// <param name="tokens">At least one.</param>
    /// <param name="any">Whether one of them is enough; else all must be there.</param>
    /// <param name="visit">Looks.</param>
    ValueTask VisitMatchingAsync(IReadOnlyList<string> tokens, bool any, CandidateVisitor visit);

    /// <summary>Looks at the documents with prices in a range, bounds included.</summary>
    ValueTask VisitPricedAsync(uint currency, long minimum, long maximum, CandidateVisitor visit);

    /// <summary>Looks at all documents after an id, in the order of ids.</summary>
    /// <param name="after">The id, as a number that sorts as ids do; null for all.</param>
    /// <param name="visit">Looks.</param>
    ValueTask VisitAllAsync(UInt128? after, CandidateVisitor visit);
}
