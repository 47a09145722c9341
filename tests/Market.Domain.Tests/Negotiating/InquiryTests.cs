using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>What the sides say to each other beside the offers: bounded, marked, without effect on them.</summary>
public sealed class InquiryTests
{
    [Fact]
    public void Either_side_may_ask_and_answer_whoever_has_the_turn()
    {
        var bench = NegotiationBench.Opened();

        var asked = (InquiryMade)bench.Do(bench.Inquire(Party.Buyer, "Is it new?", "delivery days")).Event!;
        var answer = bench.Act(Party.Seller, message => new Inform(
            message, bench.State.Id, bench.State.Seq, InReplyTo: 2, [new IssueValue("delivery days", 5)], "Yes."));
        var told = (InformationGiven)bench.Do(answer).Event!;

        Assert.Equal((Party.Buyer, "Is it new?", "delivery days"), (asked.By, asked.Text, asked.Issue));
        Assert.Equal((Party.Seller, (long?)2, "Yes."), (told.By, told.InReplyTo, told.Text));
        Assert.Equal(new IssueValue("delivery days", 5), Assert.Single(told.Values));
        Assert.Equal(Party.Seller, bench.State.Turn);
    }

    [Fact]
    public void A_message_makes_no_act_of_the_other_side_stale()
    {
        var bench = NegotiationBench.Opened();
        var accept = bench.Accept(Party.Seller);
        bench.Do(bench.Inquire(Party.Buyer, "Well?"));
        bench.Do(bench.Inform(Party.Seller, "A moment."));

        Assert.IsType<OfferAccepted>(bench.Do(accept).Event);
    }

    [Fact]
    public void An_act_upon_a_version_before_the_last_offer_stays_stale_after_a_message()
    {
        var bench = NegotiationBench.Opened();
        bench.Do(bench.Inquire(Party.Seller, "Well?"));
        bench.Do(bench.Offer(Party.Seller, 90_00));
        bench.Do(bench.Inquire(Party.Seller, "Still there?"));
        var late = bench.Act(Party.Buyer, message => new MakeOffer(message, bench.State.Id, 2, Some.Offer(61_00)));
        var early = bench.Act(Party.Buyer, message => new MakeOffer(message, bench.State.Id, 5, Some.Offer(61_00)));
        var timely = bench.Act(Party.Buyer, message => new MakeOffer(message, bench.State.Id, 3, Some.Offer(61_00)));

        Assert.Equal(NegotiationRefusal.SeqIsStale, bench.RefusalOf(late));
        Assert.Equal(NegotiationRefusal.SeqIsStale, bench.RefusalOf(early));
        Assert.Equal(5, ((OfferMade)bench.Do(timely).Event!).Offer.Number);
    }

    [Fact]
    public void The_armed_deadline_stays_the_earliest()
    {
        var bench = NegotiationBench.Opened();
        var inquiry = NegotiationMachine.Decide(
            bench.State, bench.Inquire(Party.Buyer, "Well?"), Some.Noon + TimeSpan.FromMinutes(1)).Event!;

        Assert.Equal(bench.State.Standing!.ValidUntil, NegotiationMachine.DeadlineAfter(bench.State, inquiry));
    }

    [Fact]
    public void Whether_an_offer_has_just_ended_is_nothing_to_a_message()
    {
        var bench = NegotiationBench.Opened();
        bench.Wait(TimeSpan.FromMinutes(6));
        Assert.IsType<InquiryMade>(bench.Do(bench.Inquire(Party.Seller, "Would you still?")).Event);
        Assert.IsType<OfferExpired>(bench.Do(PassTime.Instance).Event);
    }

    [Fact]
    public void None_comes_after_an_agreement_or_an_end()
    {
        var agreed = NegotiationBench.Opened();
        agreed.Do(agreed.Accept(Party.Seller));
        Assert.Equal(NegotiationRefusal.OfferAlreadyAccepted, agreed.RefusalOf(agreed.Inquire(Party.Buyer, "When?")));

        var left = NegotiationBench.Opened();
        left.Do(left.Leave(Party.Buyer));
        Assert.Equal(NegotiationRefusal.NegotiationHasEnded, left.RefusalOf(left.Inform(Party.Seller, "Wait!")));

        var expired = NegotiationBench.Opened();
        expired.Wait(TimeSpan.FromMinutes(10));
        Assert.Equal(
            NegotiationRefusal.NegotiationHasExpired, expired.RefusalOf(expired.Inquire(Party.Buyer, "Hello?")));
    }

    [Fact]
    public void A_side_has_as_many_as_the_limit_says_and_the_other_has_its_own()
    {
        var bench = NegotiationBench.Opened();
        for (var i = 0; i < MarketLimits.MessagesMax; i++)
        {
            Assert.Null(bench.RefusalOf(i % 2 == 0 ? bench.Inquire(Party.Buyer, "?") : bench.Inform(Party.Buyer, "!")));
        }

        Assert.Equal(NegotiationRefusal.MessagesAreExhausted, bench.RefusalOf(bench.Inquire(Party.Buyer, "?")));
        Assert.Null(bench.RefusalOf(bench.Inquire(Party.Seller, "?")));
        Assert.Equal(MarketLimits.MessagesMax, bench.State.MessagesBy(Party.Buyer));
        Assert.Equal(1, bench.State.MessagesBy(Party.Seller));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, NegotiationRefusal.TextIsInvalid)]
    public void A_text_is_at_most_its_limit_long(int beyond, NegotiationRefusal? refusal)
    {
        var bench = NegotiationBench.Opened();
        var text = new string('a', MarketLimits.TextLengthMax + beyond);
        Assert.Equal(refusal, bench.RefusalOf(bench.Inform(Party.Seller, text)));
    }

    [Fact]
    public void An_issue_is_told_of_once_in_a_message()
    {
        var bench = NegotiationBench.Opened();
        var twice = bench.Inform(
            Party.Seller, null, new IssueValue("delivery days", 5), new IssueValue("delivery days", 6));
        Assert.Equal(NegotiationRefusal.IssueUnknown, bench.RefusalOf(twice));
    }

    [Fact]
    public void The_same_message_again_is_one_message()
    {
        var bench = NegotiationBench.Opened();
        var inquiry = bench.Inquire(Party.Buyer, "Well?");
        Assert.Equal(bench.Do(inquiry).Answer, bench.Do(inquiry).Answer);
        Assert.Equal(1, bench.State.MessagesBy(Party.Buyer));
    }
}
