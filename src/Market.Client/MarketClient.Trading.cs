using System.Runtime.CompilerServices;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>Listings, requests, openings, money.</content>
public sealed partial class MarketClient
{
    /// <summary>Publishes a listing; for sellers.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<Listing> PublishListingAsync(ListingDraft draft, CancellationToken cancellationToken = default)
    {
        var message = new PublishListing(_context.NewMessageId(), draft);
        return (await _link.AskAsync<ListingPublished>(message, cancellationToken).ConfigureAwait(false)).Listing;
    }

    /// <summary>
    /// Makes a new version of a listing; for its seller. From then on offers bound to an older version are refused, and
    /// deals stay. A lower stock takes unsold units back.
    /// </summary>
    /// <param name="listing">The listing as it was last seen; where there is a newer version it is refused.</param>
    /// <param name="draft">All of what it is to say.</param>
    /// <param name="cancellationToken">Stops waiting; the change may count all the same.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="MarketRefusedException">
    /// The market refuses it: <see cref="MarketRefusedException.Fields"/> says what is wrong.
    /// </exception>
    public async Task<Listing> UpdateListingAsync(
        Listing listing, ListingDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var message = new UpdateListing(_context.NewMessageId(), listing.Id, listing.Version, draft);
        return (await _link.AskAsync<ListingPublished>(message, cancellationToken).ConfigureAwait(false)).Listing;
    }

    /// <summary>
    /// Withdraws a listing; for its seller. Nobody finds it any more, nothing is opened over it, and its unsold stock
    /// goes back.
    /// </summary>
    /// <param name="listing">The listing as it was last seen; where there is a newer version it is refused.</param>
    /// <param name="cancellationToken">Stops waiting; it may be withdrawn all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task WithdrawListingAsync(Listing listing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var message = new WithdrawListing(_context.NewMessageId(), listing.Id, listing.Version);
        return _link.AskAsync<ListingWithdrawn>(message, cancellationToken);
    }

    /// <summary>
    /// Publishes a request: a need that several negotiations may be opened for, and that is filled once; for buyers.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<Request> PublishRequestAsync(RequestDraft draft, CancellationToken cancellationToken = default)
    {
        var message = new PublishRequest(_context.NewMessageId(), draft);
        return (await _link.AskAsync<RequestPublished>(message, cancellationToken).ConfigureAwait(false)).Request;
    }

    /// <summary>Finds listings, in order of their ids; fetches page after page as they are read.</summary>
    /// <param name="query">What must hold; null for all listings.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    /// <exception cref="MarketRefusedException">The market refuses the query.</exception>
    public async IAsyncEnumerable<Listing> SearchAsync(
        ListingQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new ListingQuery();
        ListingId? after = null;
        ListingsFound page;
        do
        {
            var search = new SearchListings(
                query.Text, query.Category, query.Lines, query.Attributes, after, query.PageSize);
            page = await _link.AskAsync<ListingsFound>(search, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < page.Listings.Count; i++)
            {
                yield return page.Listings[i];
                after = page.Listings[i].Id;
            }
        }
        while (page.HasMore && page.Listings.Count > 0);
    }

    /// <summary>Opens a negotiation over one unit of a listing's first line; for buyers.</summary>
    /// <inheritdoc cref="OpenAsync(Listing, ValueArray{OrderLine}, NegotiationSettings, CancellationToken)"/>
    public Task<Negotiation> OpenAsync(
        Listing listing, NegotiationSettings? settings = null, CancellationToken cancellationToken = default) =>
        OpenAsync(listing, FirstLine, settings, cancellationToken);

    /// <summary>Opens a negotiation over an order of a listing's lines; for buyers.</summary>
    /// <param name="listing">The listing as it was found; an old version is refused.</param>
    /// <param name="order">What is ordered.</param>
    /// <param name="settings">First offer, rounds, duration, request and mandate; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; the market may open it all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<Negotiation> OpenAsync(
        Listing listing,
        ValueArray<OrderLine> order,
        NegotiationSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        settings ??= new NegotiationSettings();
        return OpenAsync(listing, order, settings, Protocol.Bilateral, cancellationToken);
    }

    /// <summary>Buys one unit of a listing's first line at its posted price; for buyers.</summary>
    /// <inheritdoc cref="BuyNowAsync(
    /// Listing, ValueArray{OrderLine}, RequestId?, MandateId?, TimeSpan?, CancellationToken)"/>
    public Task<Deal> BuyNowAsync(Listing listing, CancellationToken cancellationToken = default) =>
        BuyNowAsync(listing, FirstLine, cancellationToken: cancellationToken);

    /// <summary>
    /// Buys an order of a listing's lines at the posted price, and waits until the deal is settled; for buyers.
    /// </summary>
    /// <param name="listing">The listing as it was found; an old version is refused.</param>
    /// <param name="order">What is ordered.</param>
    /// <param name="request">The own request whose need the deal fills, or null.</param>
    /// <param name="mandate">The mandate to buy under, or null.</param>
    /// <param name="approvalWaitsFor">As of <see cref="NegotiationSettings.ApprovalWaitsFor"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the purchase may count all the same.</param>
    /// <exception cref="ArgumentException">The listing has no posted price, or the order is none of it.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    /// <exception cref="NoDealException">The ledger could not settle it.</exception>
    public async Task<Deal> BuyNowAsync(
        Listing listing,
        ValueArray<OrderLine> order,
        RequestId? request = null,
        MandateId? mandate = null,
        TimeSpan? approvalWaitsFor = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        if (ListingRules.Check(listing.Draft, order) is { } fault)
        {
            throw new ArgumentException(
                $"The order is refused: {fault.Refusal}: {string.Join("; ", fault.Fields)}.", nameof(order));
        }

        var posted = ListingRules.SubjectOf(listing, order, request).Posted
            ?? throw new ArgumentException($"{listing.Id} has no posted price; negotiate.", nameof(listing));
        var settings = new NegotiationSettings
        {
            FirstOffer = ProposedOffer.Firm(posted),
            RoundsMax = 1,
            Request = request,
            Mandate = mandate,
            ApprovalWaitsFor = approvalWaitsFor,
        };
        var negotiation = await OpenAsync(listing, order, settings, Protocol.PostedPrice, cancellationToken)
            .ConfigureAwait(false);
        return await negotiation.WaitForDealAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The balances of the agent's principal.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<Balances> GetBalancesAsync(CancellationToken cancellationToken = default) =>
        _link.AskAsync<Balances>(new GetBalances(), cancellationToken);

    private static ValueArray<OrderLine> FirstLine => [new OrderLine(0, 1)];

    private async Task<Negotiation> OpenAsync(
        Listing listing,
        ValueArray<OrderLine> order,
        NegotiationSettings settings,
        Protocol protocol,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var id = _context.NewMessageId();
        var opening = new OpenNegotiation(
            id, listing.Id, listing.Version, order, settings.Request, settings.Mandate, protocol, settings.RoundsMax,
            settings.Duration, settings.FirstOffer, settings.ImpasseAfter);
        var opened = _book.Expect(id);
        try
        {
            var isBinding = settings.FirstOffer is { Binding: OfferBinding.Firm };
            Task<ActResult> OpenAsync() =>
                _context.PerformAsync(opening, isBinding, isBinding, cancellationToken);
            var result = await (settings.ApprovalWaitsFor is { } waitsFor
                ? _context.Approvals.PerformAsync(
                    OpenAsync,
                    (message, needed) => new RequestApproval(message, needed.Negotiation, waitsFor, Opening: opening),
                    cancellationToken)
                : OpenAsync()).ConfigureAwait(false);
            result.OrThrow();
            return await opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _book.Forget(id);
        }
    }
}
