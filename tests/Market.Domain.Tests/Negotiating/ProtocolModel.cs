using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// The protocol said once more and plainly, from events alone: who may offer after whom, what may be accepted, how many
/// offers each side has, what follows an end.
/// </summary>
internal sealed class ProtocolModel
{
    private readonly Dictionary<Party, int> _offers = new() { [Party.Buyer] = 0, [Party.Seller] = 0 };
    private readonly HashSet<DealId> _deals = [];
    private NegotiationRules _rules = null!;
    private Offer? _standing;
    private Party? _lastOfferBy;
    private LedgerTime _last;
    private LedgerTime _deadline;
    private long _seq;
    private bool _agreed;
    private bool _ended;

    public void Take(NegotiationEvent @event)
    {
        Assert.True(@event.At > _last, "Times of a stream strictly increase (INV-18).");
        Assert.False(_ended, "Nothing follows an end (INV-12).");
        Assert.Equal(_agreed, @event is DealSettled or DealNotSettled);
        Assert.True(
            _seq == 0 || _agreed || @event is NegotiationExpired == @event.At >= _deadline,
            "The server's time judges.");
        (_last, _seq) = (@event.At, _seq + 1);
        if (@event is NegotiationExpired or NegotiationRejected or NegotiationLeft or DealSettled or DealNotSettled)
        {
            TakeEnd(@event);
        }
        else
        {
            TakeStep(@event);
        }
    }

    private void TakeStep(NegotiationEvent @event)
    {
        switch (@event)
        {
            case NegotiationOpened e:
                Open(e.At, e.Rules);
                if (e.FirstOffer is { } first)
                {
                    Offer(first, e.Evidence);
                    Assert.Equal(e.OpenedBy, first.By);
                }

                break;
            case PostedPriceTaken e:
                Open(e.At, e.Rules);
                Assert.Equal(e.Subject.Posted, e.Offer.Terms);
                Agree(e.Offer, e.Deal, e.TermsHash, e.Evidence);
                break;
            case NegotiationJoined:
                Assert.Equal(2, _seq);
                Assert.Null(_lastOfferBy);
                break;
            case OfferMade e:
                Offer(e.Offer, e.Evidence);
                break;
            case OfferWithdrawn e:
                Assert.Equal(e.OfferNumber, _standing?.Number);
                Assert.Equal(e.Act!.By, _standing!.By);
                Assert.False(_standing.Irrevocable);
                _standing = null;
                _lastOfferBy = null;
                break;
            case OfferExpired e:
                Assert.Equal(e.OfferNumber, _standing?.Number);
                Assert.True(e.At >= _standing!.ValidUntil);
                _standing = null;
                break;
            case OfferAccepted e:
                Assert.Equal(e.OfferNumber, _standing?.Number);
                Assert.Equal(e.OfferHash, _standing!.Hash);
                Assert.NotEqual(e.Act!.By, _standing.By);
                Agree(_standing, e.Deal, e.TermsHash, e.Evidence);
                break;
            default:
                Assert.Fail($"The model knows no {@event.GetType().Name}.");
                break;
        }
    }

    private void TakeEnd(NegotiationEvent @event)
    {
        _ended = true;
        switch (@event)
        {
            case NegotiationRejected e:
                Assert.Equal(e.OfferNumber, _standing?.Number);
                Assert.NotEqual(e.By, _standing!.By);
                break;
            case NegotiationLeft e:
                Assert.False(_standing is { Irrevocable: true } own && own.By == e.By);
                break;
            case DealSettled e:
                Assert.Contains(e.Deal, _deals);
                break;
            case DealNotSettled e:
                Assert.Contains(e.Deal, _deals);
                break;
        }
    }

    private void Open(LedgerTime at, NegotiationRules rules)
    {
        Assert.Equal(1, _seq);
        _rules = rules;
        _deadline = at + rules.Duration;
    }

    private void Offer(Offer offer, Evidence? evidence)
    {
        Assert.NotEqual(_lastOfferBy, offer.By);
        Assert.Equal(_seq, offer.Number);
        Assert.True(++_offers[offer.By] <= _rules.RoundsMax, "In each round each side makes at most one offer.");
        Assert.True(Some.Agenda.Contains(offer.Terms.Outcome));
        Assert.Equal(Some.Agenda.TotalOf(offer.Terms.Outcome), offer.Terms.TotalMinorUnits);
        Assert.True(offer.ValidUntil > _last);
        Assert.False(_rules.SignaturesRequired && offer.Binding == OfferBinding.Firm && evidence is null);
        (_standing, _lastOfferBy) = (offer, offer.By);
    }

    private void Agree(Offer offer, DealId deal, Hash256 termsHash, Evidence? evidence)
    {
        Assert.Equal(OfferBinding.Firm, offer.Binding);
        Assert.True(_last < offer.ValidUntil, "No one accepts an expired offer.");
        Assert.Equal(
            NegotiationHashes.OfTerms(Some.Market, Some.Negotiation, Some.Subject, offer.Terms), termsHash);
        Assert.Equal(
            NegotiationHashes.OfOffer(
                termsHash, offer.Number, offer.By, offer.Binding, offer.ValidUntil, offer.Irrevocable),
            offer.Hash);
        Assert.False(_rules.SignaturesRequired && evidence is null);
        Assert.True(_deals.Add(deal));
        _agreed = true;
    }
}
