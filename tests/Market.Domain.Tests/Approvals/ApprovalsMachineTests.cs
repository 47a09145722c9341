using Market.Domain.Approvals;
using Market.Testing;

namespace Market.Domain.Tests.Approvals;

public sealed class ApprovalsMachineTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly ApprovalsBench _bench = new();

    [Fact]
    public void A_request_waits_until_it_is_granted_and_then_until_it_ends()
    {
        var asked = _bench.Do(_bench.Ask());
        Assert.Equal((ApprovalStatus.Pending, Some.Noon + TimeSpan.FromMinutes(5)), (asked.Status, asked.EndsAt));
        Assert.Equal(ApprovalStatus.Pending, StatusOf(1));

        var granted = _bench.Do(_bench.Approve());
        Assert.Equal(ApprovalStatus.Granted, granted.Status);
        Assert.Equal(granted.EndsAt, _bench.State.Due);

        var terms = SomeApproval.Matter().TermsHash;
        Assert.NotNull(_bench.State.GrantedFor(Some.BuyerAgent, terms, new(granted.EndsAt.Ticks - 1)));
        Assert.Null(_bench.State.GrantedFor(Some.BuyerAgent, terms, granted.EndsAt));
        Assert.Null(_bench.State.GrantedFor(Some.StrangerAgent, terms, Some.Noon));

        _bench.Clock = new(granted.EndsAt.Ticks - 1);
        Assert.Null(_bench.Do(EndApprovals.Instance).Event);
        _bench.Clock += Tick;
        Assert.True(Assert.IsType<ApprovalExpired>(_bench.Do(EndApprovals.Instance).Event).WasGranted);
        Assert.Equal(ApprovalStatus.Expired, StatusOf(1));
        Assert.Null(_bench.State.Due);
    }

    [Fact]
    public void A_retry_gets_the_answer_of_its_first_time_whatever_has_happened_since()
    {
        var ask = _bench.Ask();
        var first = _bench.Do(ask);
        _bench.Clock += TimeSpan.FromSeconds(1);
        var approve = _bench.Approve();
        var granted = _bench.Do(approve);
        _bench.Clock += TimeSpan.FromHours(1);
        _bench.Do(EndApprovals.Instance);

        Assert.Equal(first with { Event = null }, _bench.Do(ask));
        Assert.Equal(granted with { Event = null }, _bench.Do(approve));
        Assert.Equal(3, _bench.Events.Count);
    }

    [Fact]
    public void The_same_id_with_other_content_is_refused()
    {
        _bench.Do(_bench.Ask());
        AssertRefused(
            ApprovalRefusal.ApprovalMessageIdReused, _bench.Do(_bench.Ask() with { Digest = Some.Digest(99) }));
        var deny = _bench.Deny();
        _bench.Do(deny);
        AssertRefused(ApprovalRefusal.ApprovalMessageIdReused, _bench.Do(deny with { Digest = Some.Digest(99) }));
    }

    [Fact]
    public void Only_exactly_what_was_asked_for_can_be_granted()
    {
        _bench.Do(_bench.Ask());
        var matter = SomeApproval.Matter();
        ApprovalMatter[] others =
        [
            SomeApproval.Matter(95_00),
            matter with { Agent = Some.StrangerAgent },
            matter with { Principal = new PrincipalNumber(9) },
            matter with { Mandate = new MandateId(new Guid("00000000-0000-7000-8000-000000000001")) },
            matter with { Negotiation = new NegotiationId(new Guid("00000000-0000-7000-8000-000000000002")) },
            matter with { Terms = Some.Terms(1) },
        ];
        foreach (var other in others)
        {
            AssertRefused(ApprovalRefusal.ApprovalDocumentDiffers, _bench.Do(_bench.Approve(matter: other)));
        }

        AssertRefused(
            ApprovalRefusal.ApprovalDocumentDiffers, _bench.Do(_bench.Approve() with { Document = new byte[] { 1 } }));
        Assert.Equal(ApprovalStatus.Pending, StatusOf(1));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(TimeSpan.TicksPerDay, true)]
    [InlineData(TimeSpan.TicksPerDay + 1, false)]
    public void Request_and_approval_last_for_more_than_nothing_and_at_most_a_day(long ticks, bool isTaken)
    {
        var span = TimeSpan.FromTicks(ticks);
        _bench.Do(_bench.Ask(2));
        var asked = _bench.Do(_bench.Ask(1, SomeApproval.Matter(95_00), span));
        var granted = _bench.Do(_bench.Approve(2, span));

        Assert.Equal(isTaken ? null : ApprovalRefusal.ApprovalValidityOutOfRange, asked.Refusal);
        Assert.Equal(isTaken ? null : ApprovalRefusal.ApprovalValidityOutOfRange, granted.Refusal);
    }

    [Fact]
    public void An_answer_that_comes_late_journals_the_end_first()
    {
        _bench.Do(_bench.Ask());
        _bench.Clock += TimeSpan.FromMinutes(5);
        var late = _bench.Do(_bench.Approve());

        AssertRefused(ApprovalRefusal.ApprovalHasExpired, late);
        Assert.False(Assert.IsType<ApprovalExpired>(late.Event).WasGranted);
        AssertRefused(ApprovalRefusal.ApprovalHasExpired, _bench.Do(_bench.Deny()));
    }

    [Fact]
    public void An_answer_is_given_once()
    {
        _bench.Do(_bench.Ask());
        Assert.Equal(ApprovalStatus.Denied, _bench.Do(_bench.Deny()).Status);
        AssertRefused(ApprovalRefusal.ApprovalAlreadyAnswered, _bench.Do(_bench.Approve()));
        AssertRefused(ApprovalRefusal.ApprovalUnknown, _bench.Do(_bench.Deny(7)));
        Assert.Null(_bench.State.GrantedFor(Some.BuyerAgent, SomeApproval.Matter().TermsHash, Some.Noon));
    }

    [Fact]
    public void The_same_terms_are_asked_for_once_while_they_wait_or_hold_and_again_after()
    {
        _bench.Do(_bench.Ask());
        AssertRefused(ApprovalRefusal.ApprovalAlreadyAsked, _bench.Do(_bench.Ask(2)));
        _bench.Do(_bench.Approve());
        AssertRefused(ApprovalRefusal.ApprovalAlreadyAsked, _bench.Do(_bench.Ask(2)));

        _bench.Clock += ApprovalLimits.DefaultValidity + Tick;
        Assert.Null(_bench.Do(_bench.Ask(2)).Refusal);
        _bench.Do(EndApprovals.Instance);
        _bench.Do(_bench.Approve(2));
        Assert.Equal(
            SomeApproval.Id(2),
            _bench.State.GrantedFor(Some.BuyerAgent, SomeApproval.Matter().TermsHash, _bench.Clock)?.Id);
    }

    [Fact]
    public void An_agent_has_so_many_requests_that_wait_and_no_more()
    {
        for (var i = 1; i <= ApprovalLimits.PendingMax; i++)
        {
            Assert.Null(_bench.Do(_bench.Ask(i, SomeApproval.Matter(90_00 + i))).Refusal);
        }

        var next = _bench.Ask(100, SomeApproval.Matter(99_00));
        AssertRefused(ApprovalRefusal.TooManyApprovals, _bench.Do(next));
        _bench.Do(_bench.Deny(1));
        Assert.Null(_bench.Do(next).Refusal);
    }

    [Fact]
    public void What_nobody_can_send_again_is_forgotten()
    {
        _bench.Do(_bench.Ask());
        _bench.Do(_bench.Deny());
        _bench.Clock += ApprovalLimits.RememberedFor;
        _bench.Do(_bench.Ask(2));
        Assert.Equal(2, _bench.State.Count);

        _bench.Clock += Tick + Tick;
        _bench.Do(_bench.Deny(2));
        Assert.Equal(1, _bench.State.Count);
        Assert.Null(_bench.State.RecordOf(SomeApproval.Id(1)));
    }

    [Fact]
    public void A_list_has_the_newest_first_page_by_page()
    {
        for (var i = 1; i <= 5; i++)
        {
            _bench.Clock += Tick;
            _bench.Do(_bench.Ask(i, SomeApproval.Matter(90_00 + i)));
        }

        _bench.Do(_bench.Deny(4));
        var first = _bench.State.List(null, onlyPending: true, after: null, 2, out var hasMore);
        Assert.True(hasMore);
        Assert.Equal([SomeApproval.Id(5), SomeApproval.Id(3)], first.Select(a => a.Id));
        var second = _bench.State.List(null, onlyPending: true, first[^1].Id, 2, out hasMore);
        Assert.False(hasMore);
        Assert.Equal([SomeApproval.Id(2), SomeApproval.Id(1)], second.Select(a => a.Id));
        Assert.Empty(_bench.State.List(Some.StrangerAgent, onlyPending: false, after: null, 9, out _));
        Assert.Equal(5, _bench.State.List(Some.BuyerAgent, onlyPending: false, after: null, 9, out _).Count);
    }

    private ApprovalStatus StatusOf(int id) => _bench.State.RecordOf(SomeApproval.Id(id))!.Status;

    private static void AssertRefused(Enum expected, ApprovalDecision decision) =>
        Assert.Equal(expected, decision.Refusal);
}
