using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;

namespace Market.Client;

/// <content>Tenders: a buyer's sealed requests for quotes, and sellers' bids in them.</content>
public sealed partial class MarketClient
{
    /// <summary>Opens a tender for an own request; for buyers.</summary>
    /// <param name="request">The request, whose need the deals fill.</param>
    /// <param name="settings">Window, invited sellers and what follows; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; the market may open it all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<Tender> OpenTenderAsync(
        Request request, TenderSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        settings ??= new TenderSettings();
        var opening = new OpenTender(
            _context.NewMessageId(), request.Id, settings.Mandate, settings.Window, settings.Invited,
            settings.RoundsMax, settings.Duration, settings.FinalRoundOf);
        var opened = await _link.AskAsync<TenderRecorded>(opening, cancellationToken).ConfigureAwait(false);
        return FindTender(opened.Tender);
    }

    /// <summary>An own tender by its id, as after a restart of the agent.</summary>
    public Tender FindTender(TenderId tender) => new(this, _context, _book, tender);

    /// <summary>
    /// Tenders that every seller may bid in, in order of their ids; fetches page after page as they are read. Those to
    /// which this agent is invited come as <see cref="SellerInvited"/> among <see cref="NoticesAsync"/>.
    /// </summary>
    /// <param name="category">The category that the request names; null for all.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    public async IAsyncEnumerable<TenderCall> FindTendersAsync(
        string? category = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        TenderId? after = null;
        TendersFound page;
        do
        {
            page = await _link.AskAsync<TendersFound>(new FindTenders(category, after), cancellationToken)
                .ConfigureAwait(false);
            for (var i = 0; i < page.Tenders.Count; i++)
            {
                after = page.Tenders[i].Tender;
                yield return page.Tenders[i];
            }
        }
        while (page.HasMore && page.Tenders.Count > 0);
    }

    /// <summary>Where a tender stands, as this agent may know it.</summary>
    /// <exception cref="MarketRefusedException">There is no such tender for this agent.</exception>
    public Task<TenderView> GetTenderAsync(TenderId tender, CancellationToken cancellationToken = default) =>
        _link.AskAsync<TenderView>(new GetTender(tender), cancellationToken);

    /// <summary>
    /// Bids in a tender, or replaces the own earlier bid; for sellers. Nobody sees it before the reveal.
    /// </summary>
    /// <param name="call">The tender.</param>
    /// <param name="listing">The own listing that is offered.</param>
    /// <param name="offer">
    /// Firm or indicative, on the tender's agenda where it has one, else on the listing's; valid from the reveal on.
    /// In a final round it is marked as final.
    /// </param>
    /// <param name="order">What of the listing is offered; empty for one of its first line.</param>
    /// <param name="cancellationToken">Stops waiting; the market may record the bid all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<BidRecorded> BidAsync(
        TenderCall call,
        Listing listing,
        ProposedOffer offer,
        ValueArray<OrderLine> order = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(offer);
        offer = call.FinalRoundOf is null ? offer : offer with { IsFinal = true };
        var act = new SubmitBid(
            _context.NewMessageId(), call.Tender, listing.Id, listing.Version, order.Count == 0 ? FirstLine : order,
            offer, Hash256.FromBytes(RandomNumberGenerator.GetBytes(Hash256.Size)));
        var message = _context.MessageOf(act, offer.Binding == OfferBinding.Firm, call.Rules.SignaturesRequired);
        return _link.AskAsync<BidRecorded>(message, cancellationToken);
    }

    /// <summary>Takes the own bid back before the window ends; for sellers.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<TenderRecorded> WithdrawBidAsync(TenderId tender, CancellationToken cancellationToken = default) =>
        _link.AskAsync<TenderRecorded>(new WithdrawBid(_context.NewMessageId(), tender), cancellationToken);

    /// <summary>
    /// Waits until a tender that this agent opened, is invited to or has bid in is revealed; null where it was
    /// cancelled before.
    /// </summary>
    /// <exception cref="MarketRefusedException">There is no such tender for this agent.</exception>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public async Task<TenderReveal?> WaitForRevealAsync(TenderId tender, CancellationToken cancellationToken = default)
    {
        // First the event, then the question: whatever comes between them is not missed.
        var windowEnd = _book.Tenders.Expect(tender);
        try
        {
            var view = await GetTenderAsync(tender, cancellationToken).ConfigureAwait(false);
            if (view.Status != TenderStatus.Collecting)
            {
                return view.Reveal;
            }

            return await windowEnd.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is TenderRevealed revealed
                ? new TenderReveal(revealed.At, revealed.Nonce, revealed.Seed, revealed.Count, revealed.Place)
                : null;
        }
        finally
        {
            _book.Tenders.Forget(tender, windowEnd);
        }
    }
}
