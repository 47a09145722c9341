using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>What becomes of a listing or a request that an agent publishes.</summary>
/// <typeparam name="TEvent">The event's type.</typeparam>
/// <typeparam name="TSubject">What is published.</typeparam>
/// <param name="Event">What to journal; null for a refusal and for a retry.</param>
/// <param name="Refusal">Why it is refused; null where it is not.</param>
/// <param name="Published">What is published now, or was by the same act before; null for a refusal.</param>
/// <param name="Fields">What is wrong with it, field by field; empty where the refusal says it all.</param>
/// <param name="RetryAfter">When it may be published, where time heals the refusal.</param>
public readonly record struct PublishingDecision<TEvent, TSubject>(
    TEvent? Event, ListingRefusal? Refusal, TSubject? Published, ValueArray<FieldProblem> Fields = default,
    TimeSpan? RetryAfter = null)
    where TEvent : class
    where TSubject : class;

/// <summary>Decides what agents publish. The id of a thing derives from the act, so that a retry finds it.</summary>
public static class ListingMachine
{
    /// <summary>Decides a listing.</summary>
    /// <param name="state">The seller's listings.</param>
    /// <param name="command">What is to be published.</param>
    /// <param name="now">The moment.</param>
    /// <param name="limits">How much one agent may publish; null for no limit.</param>
    public static PublishingDecision<ListingAdded, Listing> Decide(
        SellerState state, AddListing command, LedgerTime now, PublishingLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        var listing = new Listing(command.Id, Version: 1, command.Agent, command.Principal, command.Draft);
        if (state.FindOwn(command.Id) is { } known)
        {
            return known.Digest == command.Digest
                ? new(null, null, listing)
                : new(null, ListingRefusal.MessageIdReused, null);
        }

        if (RefuseMessage(command.Message, now) is { } refusal)
        {
            return new(null, refusal, null);
        }

        if (ListingRules.Check(command.Draft) is { } fault)
        {
            return new(null, fault.Refusal, null, fault.Fields);
        }

        if (state.OpenCount >= (limits ?? PublishingLimits.None).OpenListingsMax)
        {
            return new(null, ListingRefusal.TooManyListings, null);
        }

        // From here on nothing may fail.
        return new(new ListingAdded(now, listing, command.Digest), null, listing);
    }

    /// <summary>Decides a request.</summary>
    /// <param name="state">The buyer's requests.</param>
    /// <param name="command">What is to be published.</param>
    /// <param name="now">The moment.</param>
    /// <param name="limits">How much one agent may publish; null for no limit.</param>
    public static PublishingDecision<RequestAdded, Request> Decide(
        BuyerState state, AddRequest command, LedgerTime now, PublishingLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (state.Find(command.Id) is { } known)
        {
            return known.Digest == command.Digest
                ? new(null, null, known.Request)
                : new(null, ListingRefusal.MessageIdReused, null);
        }

        if (RefuseMessage(command.Message, now) is { } refusal)
        {
            return new(null, refusal, null);
        }

        if (ListingRules.Check(command.Draft) is { } fault)
        {
            return new(null, fault.Refusal, null, fault.Fields);
        }

        if (state.RoomAt(now, (limits ?? PublishingLimits.None).RequestsPerWeekMax) is var room && room > now)
        {
            return new(null, ListingRefusal.TooManyRequests, null, RetryAfter: room - now);
        }

        // From here on nothing may fail.
        var request = new Request(command.Id, command.Agent, command.Principal, command.Draft);
        return new(new RequestAdded(now, request, command.Digest), null, request);
    }

    private static ListingRefusal? RefuseMessage(MessageId message, LedgerTime now) =>
        MessageIds.Refuse(message, now) is null ? null : ListingRefusal.MessageIdOutsideWindow;
}
