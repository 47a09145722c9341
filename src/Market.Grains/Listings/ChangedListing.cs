using Market.Domain;
using Market.Domain.Listings;

namespace Market.Grains.Listings;

/// <summary>A listing that was changed or withdrawn.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">Its newest version.</param>
/// <param name="IsEnded">Whether it is withdrawn.</param>
/// <param name="Steps">
/// What each of the last <see cref="MarketLimits.ListingVersionsKept"/> versions changed, the oldest first.
/// </param>
public sealed record ChangedListing(ListingId Id, int Version, bool IsEnded, ValueArray<ListingStep> Steps)
{
    /// <summary>The same listing with one more version.</summary>
    public ChangedListing With(ListingChanged change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this with
        {
            Version = change.Listing.Version,
            Steps = Steps.Append(new ListingStep(change.Listing.Version, change.Changes))
                .TakeLast(MarketLimits.ListingVersionsKept)
                .ToValueArray(),
        };
    }

    /// <summary>What has changed since a version; empty where that is not remembered.</summary>
    public ValueArray<FieldProblem> Since(int version)
    {
        if (version < 1 || Steps.Count == 0 || Steps[0].Version - 1 > version)
        {
            return [];
        }

        ValueArray<FieldProblem> changes = [];
        foreach (var step in Steps)
        {
            changes = step.Version > version ? ListingDifference.Join(changes, step.Changes) : changes;
        }

        return changes;
    }
}

/// <summary>One change of a listing.</summary>
/// <param name="Version">The version that it made.</param>
/// <param name="Changes">What it changed.</param>
public sealed record ListingStep(int Version, ValueArray<FieldProblem> Changes);
