using System.Globalization;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>What an event of a deal's life says, in a line for people.</summary>
internal sealed class EventText(LedgerBook book)
{
    private uint _currency;

    /// <summary>Says it. Events of a negotiation are given in their order: the first one says the currency.</summary>
    public string Of(object @event) => @event switch
    {
        NegotiationOpened e => Opened(e),
        NegotiationJoined => "the invited side joined",
        OfferMade e => Offer(e.Offer),
        OfferWithdrawn e => Line($"offer {e.OfferNumber} withdrawn"),
        OfferExpired e => Line($"offer {e.OfferNumber} expired"),
        OfferAccepted e => Line($"offer {e.OfferNumber} accepted{PartOf(e)}: {e.Deal}, terms {e.TermsHash}"),
        PostedPriceTaken e => Taken(e),
        NegotiationRejected e => Line($"{e.By} rejected offer {e.OfferNumber}"),
        NegotiationLeft e => $"{e.By} left",
        NegotiationExpired => "the negotiation expired",
        NegotiationCancelled e => $"the market ended the negotiation: {e.Reason}",
        InquiryMade e => $"{e.By} asked something",
        InformationGiven e => $"{e.By} told something",
        DealSettled e => "receipt of " + e.Deal,
        DealNotSettled e => Line($"not settled: refusal {e.BuyerCode} of the buyer, {e.SellerCode} of the seller"),
        DealBooked e => $"{e.Total} {e.Mode} between {e.Buyer.Agent} and {e.Seller.Agent}: {Moves(e.Postings)}",
        DealRefused => "the ledger refused it for good",
        DeliveryConfirmed => "delivery confirmed: what was held is posted",
        DeliveryCancelled => "delivery cancelled: what was held is released",
        Reversal e => $"{(e is DealReversed ? "reversed" : "owed as a claim")}, {e.Paid}: {Moves(e.Postings)}",
        ReturnRefused e => Line($"{e.Quantity} units were not returned: {e.Available} were available"),
        ClaimPaid e => Line($"the claim of entry {e.Claim} was paid"),
        _ => @event.ToString()!,
    };

    private static string PartOf(OfferAccepted accepted) =>
        accepted.Quantity is { } quantity ? Line($", {quantity} of it") : string.Empty;

    private string Opened(NegotiationOpened opened)
    {
        _currency = opened.Subject.Agenda.Currency;
        var offer = opened.FirstOffer is { } first ? Offer(first) : "an invitation";
        return $"{opened.Buyer.Agent} and {opened.Seller.Agent} about lst_{opened.Subject.Listing:n}; {offer}";
    }

    private string Taken(PostedPriceTaken taken)
    {
        _currency = taken.Subject.Agenda.Currency;
        return
            $"{taken.Buyer.Agent} bought lst_{taken.Subject.Listing:n} of {taken.Seller.Agent} at the posted price: " +
            $"{new Amount(taken.Offer.Terms.TotalMinorUnits, _currency)}, {taken.Deal}, terms {taken.TermsHash}";
    }

    private string Offer(Offer offer) => Line(
        $"{offer.By}'s offer {offer.Number}: {offer.Binding}, ") +
        $"{new Amount(offer.Terms.TotalMinorUnits, _currency)} for {offer.Terms.Values}, until {offer.ValidUntil}";

    private string Moves(Items<Posting> postings)
    {
        var moves = new List<string>();
        foreach (var posting in postings)
        {
            moves.Add(Line($"{posting.Amount} from {NameOf(posting.Debit)} to {NameOf(posting.Credit)}"));
        }

        return string.Join("; ", moves);
    }

    private string NameOf(int account) =>
        book.IsOpen(account) ? book.NameOf(account).ToString() : Line($"account {account}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
