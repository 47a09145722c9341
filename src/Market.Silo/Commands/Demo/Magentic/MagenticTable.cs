using Market.Client;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>One negotiation of a customer with a matching business, seen from the customer's side.</summary>
/// <param name="market">The customer's connection.</param>
/// <param name="listing">The business's listing.</param>
/// <param name="business">The business.</param>
/// <param name="order">The customer's items.</param>
/// <param name="request">The customer's need, which the first deal fills.</param>
internal sealed class MagenticTable(
    MarketClient market, Listing listing, MagenticId business, ValueArray<OrderLine> order, RequestId request)
{
    private Client.Negotiation? _negotiation;
    private bool _isOvertaken;
    private LedgerTime? _firstQuotedAt;

    /// <summary>The business.</summary>
    public MagenticId Business => business;

    /// <summary>The business's agent.</summary>
    public AgentNumber Seller => listing.Seller;

    /// <summary>What the order costs without negotiating.</summary>
    public MagenticPrice Posted => new(business, ListingRules.PostedTotalOf(listing.Draft, order));

    /// <summary>The negotiation's id; the default before the first bid.</summary>
    public NegotiationId Negotiation => _negotiation?.Id ?? default;

    /// <summary>Offers that both sides have made.</summary>
    public int OffersMade => _negotiation?.State.OffersMade ?? 0;

    /// <summary>
    /// The end of the business's first firm offer, which all of them let stand equally long: so the order of these is
    /// that in which the market recorded them. Null before there was one.
    /// </summary>
    public LedgerTime? FirstQuotedAt => _firstQuotedAt;

    /// <summary>The lowest total of the business's firm offers; null where it made none.</summary>
    public long? LeastAskCents { get; private set; }

    /// <summary>Whether the negotiation has begun and has not ended.</summary>
    public bool IsLive => _negotiation is { State.IsLive: true };

    /// <summary>Whether a bid can be made: the business has not left.</summary>
    public bool IsOpen => !_isOvertaken && (_negotiation is null || IsLive);

    /// <summary>The total of the business's standing firm offer; null where there is none.</summary>
    public long? FirmOfferCents => FirmOffer?.Terms.TotalMinorUnits;

    private Offer? FirmOffer =>
        IsOpen && _negotiation?.State.CounterpartyOffer is { Binding: OfferBinding.Firm } offer ? offer : null;

    /// <summary>Goes on where the business's quote in a tender stands as the first offer.</summary>
    public void TakeUp(Client.Negotiation negotiation) => _negotiation = negotiation;

    /// <summary>Bids, indicatively, and waits for the answer; opens the negotiation with the first bid.</summary>
    /// <returns>Whether the bid was made; if not, the business has left.</returns>
    public async Task<bool> BidAsync(long totalCents, CancellationToken cancellationToken)
    {
        var agenda = ListingRules.SubjectOf(listing, order, request).Agenda;
        var bid = ProposedOffer.Indicative(agenda.TermsOf(Outcome.Of(totalCents)));
        if (_negotiation is null)
        {
            var settings = new NegotiationSettings
            {
                FirstOffer = bid,
                RoundsMax = MagenticRules.RoundsMax,
                Request = request,
            };
            _negotiation = await market.OpenAsync(listing, order, settings, cancellationToken).ConfigureAwait(false);
        }
        else if (!IsMade(await _negotiation.TryOfferAsync(bid, cancellationToken).ConfigureAwait(false)))
        {
            return false;
        }

        await _negotiation.WaitForAsync(static s => s.IsMyTurn || s.HasEnded, cancellationToken).ConfigureAwait(false);
        _firstQuotedAt ??= FirmOffer?.ValidUntil;
        LeastAskCents = FirmOfferCents is { } ask && !(LeastAskCents <= ask) ? ask : LeastAskCents;
        return true;
    }

    /// <summary>Accepts the business's standing firm offer, which makes the deal.</summary>
    /// <returns>Whether it still stood.</returns>
    public async Task<bool> TryAcceptAsync(CancellationToken cancellationToken) =>
        FirmOffer is { } offer
        && IsMade(await _negotiation!.TryAcceptAsync(offer, cancellationToken).ConfigureAwait(false));

    /// <summary>The settled deal.</summary>
    /// <exception cref="NoDealException">It could not be settled.</exception>
    public Task<Deal> WaitForDealAsync(CancellationToken cancellationToken) =>
        _negotiation!.WaitForDealAsync(cancellationToken);

    /// <summary>Buys at the posted price.</summary>
    /// <exception cref="NoDealException">It could not be settled.</exception>
    public Task<Deal> BuyNowAsync(CancellationToken cancellationToken) =>
        market.BuyNowAsync(listing, order, request, cancellationToken: cancellationToken);

    /// <summary>Leaves, since something was found elsewhere; does nothing where the business was quicker.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _negotiation!.LeaveAsync(ReasonCode.FoundElsewhere, cancellationToken).ConfigureAwait(false);
        }
        catch (MarketRefusedException refused) when (refused.Refused.IsRace)
        {
            _isOvertaken = true;
        }
    }

    // What has overtaken an act is no error, and ends the bidding; any other refusal is one.
    private bool IsMade(ActResult result)
    {
        if (result is { IsRecorded: false, Refused.IsRace: false })
        {
            throw new MarketRefusedException(result.Refused);
        }

        _isOvertaken = !result.IsRecorded;
        return result.IsRecorded;
    }
}
