using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// A negotiation judges what a session key signed by the key's bounds, at its own time (INV-9, INV-20).
/// </summary>
public sealed class SessionKeyActTests
{
    private static readonly SessionKeyId Key = new(new Guid("00000000-0000-7000-8000-0000000000ff"));
    private static readonly LedgerTime Then = Some.Noon + TimeSpan.FromSeconds(10);

    private static readonly SessionKeyScope Scope =
        new(Key, Some.Mandate, Then + TimeSpan.FromTicks(1), SessionKeyActions.OfferAndAccept);

    private readonly NegotiationState _state = new(Some.Market);

    public SessionKeyActTests()
    {
        // The seller has made an offer: it is the turn of the buyer, who acts under a mandate.
        Apply(NegotiationMachine.Decide(_state, Some.Invitation(), Some.Noon));
        Apply(NegotiationMachine.Decide(
            _state, Act(Some.SellerAgent, new MakeOffer(Id(2), Some.Negotiation, 1, Some.Offer(90_00)), null, null),
            Some.Noon + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void An_act_within_the_bounds_is_recorded_with_the_key_that_signed()
    {
        var decision = Decide(Offer(), Scope);
        var made = Assert.IsType<OfferMade>(decision.Event);
        Assert.Equal(Key, made.Evidence!.SessionKey);
        Assert.Null(((OfferMade)NegotiationViews.SeenBy(made, Party.Seller)).Evidence);
    }

    [Fact]
    public void An_act_after_the_keys_end_is_refused() =>
        AssertRefused(Decide(Offer(), Scope with { ExpiresAt = Then }));

    [Fact]
    public void An_act_under_another_mandate_is_refused() =>
        AssertRefused(Decide(Offer(), Scope with { Mandate = new MandateId(Key.Value) }));

    [Fact]
    public void An_act_that_the_key_may_not_sign_is_refused()
    {
        AssertRefused(Decide(Offer(), Scope with { Actions = SessionKeyActions.Accept }));
        AssertRefused(Decide(Accept(), Scope with { Actions = SessionKeyActions.Offer }));
    }

    [Fact]
    public void An_act_whose_key_nobody_vouches_for_is_refused()
    {
        AssertRefused(Decide(Offer(), null));
        AssertRefused(Decide(Offer(), Scope with { Id = new SessionKeyId(Some.Mandate.Value) }));
    }

    [Fact]
    public void A_retry_gets_its_old_answer_though_the_key_has_ended_since()
    {
        var recorded = Decide(Offer(), Scope);
        Apply(recorded);
        var again = NegotiationMachine.Decide(_state, Signed(Offer(), Scope), Then + TimeSpan.FromSeconds(1));
        Assert.Equal((recorded.Answer, null), (again.Answer, again.Refusal));
    }

    [Fact]
    public void A_deal_names_which_kind_of_key_signed_for_each_side()
    {
        Apply(Decide(Accept(), Scope));
        Assert.Equal(new DealSigners(SignerKind.SessionKey, SignerKind.None), _state.Signers);
        Assert.Equal(
            new DealSigners(SignerKind.AgentKey, SignerKind.SessionKey),
            DealSigners.Of(Party.Seller, Evidence(Key), Evidence(null)));
        Assert.Equal(
            new DealSigners(SignerKind.SessionKey, SignerKind.AgentKey),
            DealSigners.Of(Party.Buyer, Evidence(Key), Evidence(null)));
    }

    private static Evidence Evidence(SessionKeyId? key) => Some.Evidence(Some.BuyerAgent) with { SessionKey = key };

    private static MessageId Id(int number) => Some.Message(number, Some.Noon);

    private static MakeOffer Offer() => new(Id(3), Some.Negotiation, 2, Some.Offer(70_00));

    private static PerformAct Act(AgentNumber from, NegotiationAct act, Evidence? evidence, SessionKeyScope? scope) =>
        new(from, act, Some.Digest(3), evidence, default, SessionKey: scope);

    private static PerformAct Signed(NegotiationAct act, SessionKeyScope? scope) =>
        Act(Some.BuyerAgent, act, Evidence(Key), scope);

    private static void AssertRefused(NegotiationDecision decision) =>
        Assert.Equal((NegotiationRefusal.SessionKeyOutOfBounds, null), (decision.Refusal, decision.Event));

    private AcceptOffer Accept() =>
        new(Id(3), Some.Negotiation, 2, _state.Standing!.Number, _state.Standing.Hash);

    private NegotiationDecision Decide(NegotiationAct act, SessionKeyScope? scope) =>
        NegotiationMachine.Decide(_state, Signed(act, scope), Then);

    private void Apply(NegotiationDecision decision) => _state.Apply(decision.Event!);
}
