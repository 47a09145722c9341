using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>What becomes of an act on a listing that is there.</summary>
/// <param name="Event">What to journal; null where nothing is.</param>
/// <param name="Refusal">Why it is refused; null where it is not.</param>
/// <param name="Fields">What is wrong with it, field by field; empty where the refusal says it all.</param>
/// <param name="Listing">The version that is newest through the act, or was; null for a refusal.</param>
/// <param name="IsPending">Whether the ledger has to answer first: the same act again learns what became of it.</param>
public readonly record struct ListingChangeDecision(
    object? Event,
    ListingRefusal? Refusal = null,
    ValueArray<FieldProblem> Fields = default,
    Listing? Listing = null,
    bool IsPending = false);

/// <summary>
/// Decides changes and withdrawals of listings. Each names the version that its sender had seen: it is compare-and-set.
/// </summary>
public static class ListingChangeMachine
{
    /// <summary>Decides a new version of a listing.</summary>
    public static ListingChangeDecision Decide(SellerState state, ChangeListing command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (RefuseOrAnswer(
            state, command.Id, command.Message, command.Digest, command.ExpectedVersion, now) is { } early)
        {
            // The act's own bytes have the draft, so the version that it made need not be kept to be said again.
            return early.IsPending || early.Refusal is not null ? early : early with { Listing = NextOf(command) };
        }

        if (ListingRules.Check(command.Draft) is { } fault)
        {
            return new ListingChangeDecision(null, fault.Refusal, fault.Fields);
        }

        var before = state.Find(command.Id)!;
        var isLess = command.Draft.Stock < before.Draft.Stock;
        if (isLess && state.Awaits(command.Id))
        {
            return Pending;
        }

        // From here on nothing may fail.
        return isLess
            ? Pending with { Event = new ListingChangeBegun(now, NextOf(command), command.Message, command.Digest) }
            : new ListingChangeDecision(
                new ListingChanged(
                    now, NextOf(command), command.Message, command.Digest,
                    ListingDifference.Between(before.Draft, command.Draft)),
                Listing: NextOf(command));
    }

    /// <summary>Decides the withdrawal of a listing.</summary>
    public static ListingChangeDecision Decide(SellerState state, EndListing command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (RefuseOrAnswer(
            state, command.Id, command.Message, command.Digest, command.ExpectedVersion, now) is { } early)
        {
            return early;
        }

        if (state.Awaits(command.Id))
        {
            return Pending;
        }

        // From here on nothing may fail.
        var listing = state.Find(command.Id)!;
        return new ListingChangeDecision(
            new ListingEnded(now, listing.Id, listing.Version, command.Message, command.Digest), Listing: listing);
    }

    /// <summary>
    /// The version that a change becomes now that its units are back; null where no change waits for that command.
    /// </summary>
    public static ListingChanged? Complete(SellerState state, Settling.LedgerCommandId returned, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.FindBegun(returned) is { } waiting
            ? new ListingChanged(
                now, waiting.Begun.Listing, waiting.Begun.Message, waiting.Begun.Digest,
                ListingDifference.Between(waiting.Before.Draft, waiting.Begun.Listing.Draft), returned)
            : null;
    }

    private static ListingChangeDecision Pending => new(null, IsPending: true);

    /// <summary>
    /// The answer to an act that needs no new decision, or why it gets none; null where it needs one.
    /// </summary>
    private static ListingChangeDecision? RefuseOrAnswer(
        SellerState state,
        ListingId id,
        MessageId message,
        ActDigest digest,
        int expectedVersion,
        LedgerTime now)
    {
        if (state.FindOwn(id) is not { } listing)
        {
            return new ListingChangeDecision(null, ListingRefusal.ListingNotFound);
        }

        if (listing.FindAct(message) is { } act)
        {
            return act.Digest != digest ? new ListingChangeDecision(null, ListingRefusal.MessageIdReused)
                : act.End == ListingActEnd.Done ? new ListingChangeDecision(null, Listing: listing.Newest)
                : new ListingChangeDecision(null, ListingRefusal.StockNotAvailable);
        }

        if (listing.Begun is { } begun)
        {
            return begun.Message == message && begun.Digest != digest
                ? new ListingChangeDecision(null, ListingRefusal.MessageIdReused)
                : Pending;
        }

        if (MessageIds.Refuse(message, now) is not null)
        {
            return new ListingChangeDecision(null, ListingRefusal.MessageIdOutsideWindow);
        }

        return listing.IsEnded ? new ListingChangeDecision(null, ListingRefusal.ListingIsWithdrawn)
            : listing.Newest.Version != expectedVersion
                ? new ListingChangeDecision(
                    null, ListingRefusal.ListingVersionIsStale,
                    ListingDifference.Stale(expectedVersion, listing.Newest.Version, []).Fields)
            : null;
    }

    private static Listing NextOf(ChangeListing command) =>
        new(command.Id, command.ExpectedVersion + 1, command.Agent, command.Principal, command.Draft);
}
