using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Testing;
using DealSettled = Market.Domain.Negotiating.DealSettled;

namespace Market.Grains.Tests.Grains;

public sealed class NegotiationGrainTests
{
    private readonly CountingSigner _signer = new();
    private readonly GrainBench _bench;

    public NegotiationGrainTests() => _bench = new GrainBench(new NegotiationGrain(Some.Market, _signer));

    [Fact]
    public void An_agreement_has_the_ledger_told_and_told_again_until_it_answers()
    {
        _bench.Receive(Some.Opening());
        var agreed = Accept();
        var settle = Told(agreed);
        Assert.Equal(
            agreed.DueAt, agreed.Event is OfferAccepted e ? e.At + NegotiationMachine.SettlementRetryInterval : null);

        for (var i = 0; i < 3; i++)
        {
            var again = _bench.ReachDeadline();
            Assert.Null(again.Event);
            Assert.Equal(settle, Told(again));
        }

        _bench.Receive(Answer(settle));
        Assert.Null(_bench.DueAt);
        Assert.Empty(_bench.Receive(new DeadlineReached()).Tells);
    }

    [Fact]
    public void A_purchase_at_the_posted_price_has_the_ledger_told_at_once()
    {
        var step = _bench.Receive(Some.Purchase());

        Assert.Equal(Some.Subject.Posted!.TotalMinorUnits, Told(step).Total.MinorUnits);
        Assert.Equal(new Audience(Some.BuyerAgent, Some.SellerAgent), step.Audience);
        Assert.Equal(Told(step), Told(_bench.ReachDeadline()));
    }

    [Fact]
    public void The_ledgers_answer_ends_the_negotiation_and_a_second_one_changes_nothing()
    {
        _bench.Receive(Some.Opening());
        var settle = Told(Accept());

        var settled = Assert.IsType<DealSettled>(_bench.Receive(Answer(settle)).Event);
        Assert.Equal(default, _bench.Receive(Answer(settle)));
        Assert.Equal(default, _bench.Receive(Refusal(settle)));

        Assert.Equal(1, _signer.Count);
        var receipt = WireFormat.Decode<Receipt>(settled.Receipt.Bytes.Span);
        Assert.Equal(settle.Deal, receipt.Deal);
        Assert.Equal(settle.TermsHash, receipt.TermsHash);
        Assert.Equal(settle.Total, receipt.Total);
    }

    [Fact]
    public void A_refusal_of_the_ledger_ends_it_too_and_a_late_success_changes_nothing()
    {
        _bench.Receive(Some.Opening());
        var settle = Told(Accept());

        var failed = Assert.IsType<DealNotSettled>(_bench.Receive(Refusal(settle)).Event);
        Assert.Equal(new SettlementFailure((int)LedgerRefusal.BuyerFundsExceeded, 0), failed.Failure);
        Assert.Equal(default, _bench.Receive(Answer(settle)));
        Assert.Equal(0, _signer.Count);
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_changes_nothing()
    {
        var stray = new Settled(
            default, Some.Negotiation, new EntryNumber(1), Some.Noon, SettlementMode.Immediate, null);
        Assert.Equal(default, _bench.Receive(stray));

        _bench.Receive(Some.Opening());
        Assert.Equal(default, _bench.Receive(stray));
        Accept();
        Assert.Equal(default, _bench.Receive(stray));
        Assert.Equal(0, _signer.Count);
    }

    [Fact]
    public void Before_an_agreement_a_deadline_ends_offer_and_negotiation_and_tells_nobody()
    {
        _bench.Receive(Some.Opening());

        Assert.IsType<OfferExpired>(_bench.ReachDeadline().Event);
        var expired = _bench.ReachDeadline();

        Assert.IsType<NegotiationExpired>(expired.Event);
        Assert.Empty(expired.Tells);
        Assert.Null(_bench.DueAt);
        Assert.Equal(default, _bench.Receive(new DeadlineReached()));
    }

    [Fact]
    public void A_stranger_who_asks_for_the_standing_offer_gets_the_answer_of_a_negotiation_that_does_not_exist()
    {
        var nowhere = _bench.Receive(new GetStandingOffer(Some.StrangerAgent)).Reply;
        _bench.Receive(Some.Opening() with { Evidence = Some.Evidence(Some.BuyerAgent) });

        Assert.Equal(nowhere, _bench.Receive(new GetStandingOffer(Some.StrangerAgent)).Reply);
        Assert.Equal(Refusals.Of(NegotiationRefusal.NegotiationNotFound), nowhere);
        var offer = Assert.IsType<StandingOffer>(_bench.Receive(new GetStandingOffer(Some.SellerAgent)).Reply);
        Assert.Equal(60_00, offer.Offer!.Terms.TotalMinorUnits);
        Assert.Equal(Some.BuyerAgent, offer.Evidence!.Signer);
    }

    [Fact]
    public void Every_event_is_for_its_two_sides_alone()
    {
        var audience = new Audience(Some.BuyerAgent, Some.SellerAgent);

        Assert.Equal(audience, _bench.Receive(Some.Opening()).Audience);
        var agreed = Accept();
        Assert.Equal(audience, agreed.Audience);
        Assert.Equal(audience, _bench.Receive(Answer(Told(agreed))).Audience);
    }

    [Fact]
    public void What_a_negotiation_tells_and_is_told_has_a_wire_form()
    {
        _bench.Receive(Some.Opening());
        var told = Assert.Single(Accept().Tells).Message;
        WireCatalog.Register(typeof(NegotiationGrain).Assembly);
        var settle = ((TellLedger)told).Command;

        var read = (TellLedger)WireCatalog.DecodeTagged(WireCatalog.EncodeTagged(told));

        Assert.Equal(settle, read.Command);
        Assert.Equal(
            Answer((Settle)settle), WireCatalog.DecodeTagged(WireCatalog.EncodeTagged(Answer((Settle)settle))));
    }

    private static Settle Told(GrainStep step)
    {
        var tell = Assert.Single(step.Tells);
        Assert.Equal(GrainId.Ledger, tell.To);
        var told = Assert.IsType<TellLedger>(tell.Message);
        Assert.Equal(GrainId.Of(Some.Negotiation), told.ReplyTo);
        return Assert.IsType<Settle>(told.Command);
    }

    private static Settled Answer(Settle settle) => new(
        settle.Deal, settle.Negotiation, new EntryNumber(5), Some.Noon + TimeSpan.FromSeconds(1), settle.Mode, null);

    private static SettlementRefused Refusal(Settle settle) => new(
        settle.Deal,
        settle.Negotiation,
        new SettlementCauses(new LedgerRefused(LedgerRefusal.BuyerFundsExceeded), null));

    private GrainStep Accept()
    {
        var offer = ((StandingOffer)_bench.Receive(new GetStandingOffer(Some.SellerAgent)).Reply!).Offer!;
        return _bench.Receive(new PerformAct(
            Some.SellerAgent,
            new AcceptOffer(Some.Message(2, _bench.Clock), Some.Negotiation, 1, offer.Number, offer.Hash),
            Some.Digest(2),
            Evidence: null,
            VerifiedOffer: default));
    }
}
