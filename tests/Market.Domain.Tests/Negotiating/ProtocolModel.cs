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
    private readonly Dictionary<Party, int> _messages = new() { [Party.Buyer] = 0, [Party.Seller] = 0 };
    private readonly Dictionary<long, Party> _inquiries = [];
    private readonly List<Offer> _history = [];
    private readonly HashSet<DealId> _deals = [];
    private Subject _subject = null!;
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
        if (@event is NegotiationExpired or NegotiationRejected or NegotiationLeft or NegotiationCancelled
            or DealSettled or DealNotSettled)
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
                Open(e.At, e.Rules, e.Subject);
                if (e.FirstOffer is { } first)
                {
                    Offer(first, e.Evidence);
                    Assert.Equal(e.OpenedBy, first.By);
                }

                break;
            case PostedPriceTaken e:
                Open(e.At, e.Rules, e.Subject);
                Assert.Equal(e.Subject.Posted, e.Offer.Terms);
                Agree(e.Offer, null, e.Deal, e.TermsHash, e.Evidence);
                break;
            case NegotiationJoined:
                Assert.Equal(2 + _messages.Values.Sum(), _seq);
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
                Agree(_standing, e.Quantity, e.Deal, e.TermsHash, e.Evidence);
                break;
            case InquiryMade e:
                Say(e.By, e.Act);
                _inquiries.Add(_seq, e.By);
                break;
            case InformationGiven e:
                Say(e.By, e.Act);
                Assert.False(e.InReplyTo is { } asked && _inquiries[asked] == e.By);
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
            case NegotiationCancelled e:
                Assert.Equal(e.Reason == CancelReason.Impasse, e.Act is not null);
                Assert.True(e.Act is null || IsImpasseButForOne(e.Act.By), "Both sides stood still for long enough.");
                break;
            case DealSettled e:
                Assert.Contains(e.Deal, _deals);
                break;
            case DealNotSettled e:
                Assert.Contains(e.Deal, _deals);
                break;
        }
    }

    private void Open(LedgerTime at, NegotiationRules rules, Subject subject)
    {
        Assert.Equal(1, _seq);
        _rules = rules;
        _subject = subject;
        _deadline = at + rules.Duration;
    }

    private void Offer(Offer offer, Evidence? evidence)
    {
        Assert.NotEqual(_lastOfferBy, offer.By);
        Assert.Equal(_seq, offer.Number);
        Assert.True(++_offers[offer.By] <= _rules.RoundsMax, "In each round each side makes at most one offer.");
        Assert.True(_subject.Agenda.Contains(offer.Terms.Outcome));
        Assert.Equal(_subject.Agenda.TotalOf(offer.Terms.Outcome), offer.Terms.TotalMinorUnits);
        Assert.DoesNotContain(_history, earlier => earlier.By == offer.By && earlier.IsFinal);
        Assert.True(
            offer.PartialFrom is not { } least
            || (offer.Binding == OfferBinding.Firm && least >= 1
                && least <= _subject.Agenda.QuantityOf(offer.Terms.Outcome)));
        Assert.True(offer.ValidUntil > _last);
        Assert.False(_rules.SignaturesRequired && offer.Binding == OfferBinding.Firm && evidence is null);
        (_standing, _lastOfferBy) = (offer, offer.By);
        _history.Add(offer);
        Assert.False(
            _rules.ImpasseAfter > 0 && StoodStill(offer.By) >= _rules.ImpasseAfter
            && StoodStill(offer.By.Counterparty()) >= _rules.ImpasseAfter,
            "What completes an impasse ends the negotiation.");
    }

    private void Say(Party by, ActReference? act)
    {
        Assert.Equal(by, act?.By);
        Assert.True(++_messages[by] <= MarketLimits.MessagesMax);
    }

    private bool IsImpasseButForOne(Party last) =>
        _rules.ImpasseAfter > 0
        && StoodStill(last) >= _rules.ImpasseAfter - 1
        && StoodStill(last.Counterparty()) >= _rules.ImpasseAfter;

    /// <summary>How many of a side's offers, since anybody moved, were the one that it had made before.</summary>
    private int StoodStill(Party by)
    {
        var count = 0;
        for (var i = _history.Count - 1; i >= 0; i--)
        {
            var offer = _history[i];
            var before = _history.Take(i).LastOrDefault(earlier => earlier.By == offer.By);
            if (before is null || (before.Terms, before.Binding, before.PartialFrom)
                != (offer.Terms, offer.Binding, offer.PartialFrom))
            {
                break;
            }

            count += offer.By == by ? 1 : 0;
        }

        return count;
    }

    private void Agree(Offer offer, long? quantity, DealId deal, Hash256 termsHash, Evidence? evidence)
    {
        Assert.Equal(OfferBinding.Firm, offer.Binding);
        Assert.True(_last < offer.ValidUntil, "No one accepts an expired offer.");
        Assert.True(
            quantity is null || quantity == _subject.Agenda.QuantityOf(offer.Terms.Outcome)
            || (offer.PartialFrom <= quantity && quantity <= _subject.Agenda.QuantityOf(offer.Terms.Outcome)));
        Assert.Equal(HashOf(PartOf(offer.Terms, quantity)), termsHash);
        Assert.Equal(
            NegotiationHashes.OfOffer(
                HashOf(offer.Terms), offer.Number, offer.By, offer.Binding, offer.ValidUntil, offer.Irrevocable,
                offer.IsFinal, offer.PartialFrom),
            offer.Hash);
        Assert.False(_rules.SignaturesRequired && evidence is null);
        Assert.True(_deals.Add(deal));
        _agreed = true;
    }

    /// <summary>The quantity is the agenda's last issue here.</summary>
    private Terms PartOf(Terms terms, long? quantity) => quantity is not { } taken || _subject.Agenda.Issues.Count < 4
        ? terms
        : _subject.Agenda.TermsOf(Outcome.Of([.. terms.Outcome.Values.AsSpan()[..^1], taken]));

    private Hash256 HashOf(Terms terms) =>
        NegotiationHashes.OfTerms(Some.Market, Some.Negotiation, _subject, terms);
}
