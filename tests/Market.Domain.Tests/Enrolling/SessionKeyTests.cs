using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Testing;

namespace Market.Domain.Tests.Enrolling;

/// <summary>A session key is enrolled within bounds, taken back once, and its agent's alone.</summary>
public sealed class SessionKeyTests
{
    private static readonly LedgerTime Now = Some.Noon;
    private static readonly AgentNumber Agent = Some.SellerAgent;

    private readonly SessionKeyBook _book = new();

    [Fact]
    public void An_enrolment_is_journalled_once_and_a_retry_gets_the_same_answer()
    {
        var first = Enrol(Command(1), Now);
        var again = SessionKeyRules.Decide(_book, Command(1), Now + TimeSpan.FromHours(1));
        Assert.NotNull(first.Enrolled);
        Assert.Equal((null, null, Now), (again.Enrolled, again.Refusal, again.At));
    }

    [Fact]
    public void The_same_key_with_other_bounds_or_of_another_agent_is_refused()
    {
        Enrol(Command(1), Now);
        var otherBounds = Command(1) with { Digest = Some.Digest(99) };
        Assert.Equal(
            HostingRefusal.SessionKeyEnrolledDifferently, SessionKeyRules.Decide(_book, otherBounds, Now).Refusal);
        var otherAgent = Command(1) with { Agent = Some.BuyerAgent };
        Assert.Equal(
            HostingRefusal.SessionKeyEnrolledDifferently, SessionKeyRules.Decide(_book, otherAgent, Now).Refusal);
    }

    [Fact]
    public void A_message_id_enrols_one_key_only()
    {
        Enrol(Command(1), Now);
        var other = Command(2);
        other = other with { Act = other.Act with { Message = Command(1).Act.Message } };
        Assert.Equal(HostingRefusal.MessageIdReused, SessionKeyRules.Decide(_book, other, Now).Refusal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_key_ends_after_now(long ticks, bool isTaken) =>
        AssertExpiry(Now + TimeSpan.FromTicks(ticks), isTaken);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_key_ends_within_the_longest_validity(long ticks, bool isTaken) =>
        AssertExpiry(Now + HostingLimits.SessionKeyValidityMax + TimeSpan.FromTicks(ticks), isTaken);

    [Fact]
    public void So_many_keys_may_sign_at_a_time_and_one_more_when_one_has_ended()
    {
        for (var i = 1; i <= HostingLimits.SessionKeysMax; i++)
        {
            Assert.NotNull(Enrol(Command(i), Now + TimeSpan.FromTicks(i)).Enrolled);
        }

        var oneMore = Command(HostingLimits.SessionKeysMax + 1);
        var later = Now + TimeSpan.FromMinutes(1);
        Assert.Equal(HostingRefusal.TooManySessionKeys, SessionKeyRules.Decide(_book, oneMore, later).Refusal);
        Revoke(1, later);
        Assert.NotNull(SessionKeyRules.Decide(_book, oneMore, later).Enrolled);
    }

    [Fact]
    public void A_key_is_taken_back_once_and_by_its_agent_alone()
    {
        Enrol(Command(1), Now);
        var key = Command(1).Act.Key;
        Assert.Equal(
            HostingRefusal.SessionKeyUnknown,
            SessionKeyRules.Decide(_book, new RevokeSessionKeyCommand(Some.BuyerAgent, key), Now).Refusal);
        Assert.Equal(Now, Revoke(1, Now).At);
        var again = SessionKeyRules.Decide(
            _book, new RevokeSessionKeyCommand(Agent, key), Now + TimeSpan.FromDays(1));
        Assert.Equal((null, Now), (again.Revoked, again.At));
        Assert.False(_book.Find(key)!.IsLiveAt(Now));
    }

    [Fact]
    public void Its_scope_covers_its_mandate_its_actions_and_its_time()
    {
        var scope = new SessionKeyScope(Key(1), Some.Mandate, Now, SessionKeyActions.Offer);
        var before = Now + TimeSpan.FromTicks(-1);
        var offer = new MakeOffer(Some.Message(1, Now), Some.Negotiation, 1, Some.Offer());
        var accept = new AcceptOffer(Some.Message(1, Now), Some.Negotiation, 1, 1, default);
        Assert.True(scope.Covers(offer, Some.Mandate, before));
        Assert.False(scope.Covers(offer, Some.Mandate, Now));
        Assert.False(scope.Covers(offer, null, before));
        Assert.False(scope.Covers(accept, Some.Mandate, before));
        Assert.True((scope with { Actions = SessionKeyActions.OfferAndAccept }).Covers(accept, Some.Mandate, before));
        var leave = new LeaveNegotiation(Some.Message(1, Now), Some.Negotiation, 1, ReasonCode.Other);
        Assert.False((scope with { Actions = SessionKeyActions.OfferAndAccept }).Covers(leave, Some.Mandate, before));
    }

    private static SessionKeyId Key(int number) => new(Some.Message(number, Now).Value);

    private static EnrolSessionKeyCommand Command(int number) => new(
        Agent,
        new EnrolSessionKey(
            Some.Message(100 + number, Now), Key(number), new byte[] { 1 }, Some.Mandate, Now + TimeSpan.FromDays(1)),
        Some.Digest(number),
        Some.Evidence(Agent, number));

    private void AssertExpiry(LedgerTime expiresAt, bool isTaken)
    {
        var command = Command(1);
        command = command with { Act = command.Act with { ExpiresAt = expiresAt } };
        Assert.Equal(
            isTaken ? null : HostingRefusal.SessionKeyExpiryOutOfRange,
            SessionKeyRules.Decide(_book, command, Now).Refusal);
    }

    private SessionKeyDecision Enrol(EnrolSessionKeyCommand command, LedgerTime at)
    {
        var decision = SessionKeyRules.Decide(_book, command, at);
        _book.Apply(decision.Enrolled!);
        return decision;
    }

    private SessionKeyDecision Revoke(int number, LedgerTime at)
    {
        var decision = SessionKeyRules.Decide(_book, new RevokeSessionKeyCommand(Agent, Key(number)), at);
        _book.Apply(decision.Revoked!);
        return decision;
    }
}
