using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Hosting;

/// <summary>Which strategies an agent may leave with the market.</summary>
public sealed class HostingMachineTests
{
    private static readonly LedgerTime Now = Some.Noon;

    private readonly BuyerState _buyer = new();

    [Fact]
    public void A_hosting_starts_once_and_a_retry_gets_the_same_answer()
    {
        var started = Start(1, Now);
        Assert.IsType<HostingStarted>(started.Event);
        var again = HostingMachine.Decide(_buyer, Command(1), Now + TimeSpan.FromHours(1));
        Assert.Equal((null, null, Now), (again.Event, again.Refusal, again.At));
        var other = Command(1) with { Plan = Plan(1) with { Strategy = "Boulware" } };
        Assert.Equal(HostingRefusal.MessageIdReused, HostingMachine.Decide(_buyer, other, Now).Refusal);
    }

    [Fact]
    public void What_it_conducts_is_said_for_its_side()
    {
        AssertRefused(HostingRefusal.SubjectsAreInvalid, Plan(1) with { Negotiations = [] });
        AssertRefused(HostingRefusal.SubjectsAreInvalid, Plan(1) with { Side = Party.Seller });
        AssertRefused(HostingRefusal.SubjectsAreInvalid, Plan(1) with { Listings = [Some.Subject.Listing] });
        AssertRefused(
            HostingRefusal.SubjectsAreInvalid,
            Plan(1) with { Negotiations = [Some.Negotiation, Some.Negotiation] });
        AssertRefused(HostingRefusal.SubjectNotFound, Plan(1) with { Request = Some.Subject.Request });
    }

    [Fact]
    public void A_seller_names_its_own_listings_under_the_mandate()
    {
        var seller = new SellerState();
        var plan = Plan(1) with { Side = Party.Seller, Negotiations = [], Listings = [Some.Subject.Listing] };
        var command = Command(1) with { Plan = plan };
        Assert.Equal(HostingRefusal.SubjectNotFound, HostingMachine.Decide(seller, command, Now).Refusal);
        var draft = new ListingDraft(
            "Espresso machine", "machines", "", [new ListingLine("machine", 99_00)], [], Currency.Usd,
            [Issue.TotalPrice(1, 0)], [], Stock: 1);
        var listing = new Listing(Some.Subject.Listing, 1, Some.SellerAgent, new PrincipalNumber(2), draft);
        seller.Apply(new ListingAdded(Now, listing, Some.Digest(1)));
        Assert.Equal(HostingRefusal.SubjectUnderAnotherMandate, HostingMachine.Decide(seller, command, Now).Refusal);
    }

    [Fact]
    public void Nothing_is_conducted_by_two_strategies_until_one_has_ended()
    {
        Start(1, Now);
        var same = Command(2) with { Plan = Plan(2) with { Negotiations = Plan(1).Negotiations } };
        Assert.Equal(HostingRefusal.SubjectHostedAlready, HostingMachine.Decide(_buyer, same, Now).Refusal);
        End(1, Now + TimeSpan.FromTicks(1));
        Assert.Null(HostingMachine.Decide(_buyer, same, Now + TimeSpan.FromTicks(2)).Refusal);
    }

    [Fact]
    public void So_many_strategies_run_at_a_time_and_one_more_when_one_has_ended()
    {
        for (var i = 1; i <= HostingLimits.HostingsMax; i++)
        {
            Assert.NotNull(Start(i, Now + TimeSpan.FromTicks(i)).Event);
        }

        var oneMore = Command(HostingLimits.HostingsMax + 1);
        var later = Now + TimeSpan.FromSeconds(1);
        Assert.Equal(HostingRefusal.TooManyHostings, HostingMachine.Decide(_buyer, oneMore, later).Refusal);
        End(1, later);
        Assert.NotNull(HostingMachine.Decide(_buyer, oneMore, later + TimeSpan.FromTicks(1)).Event);
    }

    [Fact]
    public void Ended_ones_are_remembered_as_long_as_their_act_could_be_repeated_and_no_longer()
    {
        var at = Now;
        for (var i = 1; i <= HostingLimits.RememberedMax; i++)
        {
            Start(i, at += TimeSpan.FromTicks(1));
            End(i, at += TimeSpan.FromTicks(1));
        }

        var oneMore = Command(HostingLimits.RememberedMax + 1);
        Assert.Equal(HostingRefusal.TooManyHostings, HostingMachine.Decide(_buyer, oneMore, at).Refusal);
        Assert.Equal(HostingLimits.EndedShownMax, _buyer.Hostings.Shown().Count);
        Assert.Null(HostingMachine.Decide(_buyer, Command(1), at).Refusal);
    }

    [Fact]
    public void An_end_is_told_once_and_a_report_of_the_same_act_once()
    {
        Start(1, Now);
        var report = new ReportRefusedAct(Some.BuyerAgent, Hosting(1), Some.Negotiation, 3, 2408);
        var told = HostingMachine.Decide(_buyer, report, Now + TimeSpan.FromTicks(1));
        _buyer.Apply(Assert.IsType<HostedActRefused>(told.Event));
        Assert.Null(HostingMachine.Decide(_buyer, report, Now + TimeSpan.FromTicks(2)).Event);
        Assert.NotNull(HostingMachine.Decide(_buyer, report with { Seq = 5 }, Now + TimeSpan.FromTicks(2)).Event);

        var end = new EndHosting(Some.BuyerAgent, Hosting(1), HostingEnd.Stopped);
        _buyer.Apply(Assert.IsType<HostingStopped>(
            HostingMachine.Decide(_buyer, end, Now + TimeSpan.FromTicks(3)).Event));
        var again = HostingMachine.Decide(
            _buyer, end with { End = HostingEnd.StrategyFailed }, Now + TimeSpan.FromDays(1));
        Assert.Equal((null, Now + TimeSpan.FromTicks(3)), (again.Event, again.At));
        Assert.Equal(
            HostingRefusal.HostingNotFound, HostingMachine.Decide(_buyer, report with { Seq = 9 }, Now).Refusal);
        Assert.Equal(
            HostingRefusal.HostingNotFound,
            HostingMachine.Decide(_buyer, end with { Hosting = Hosting(2) }, Now).Refusal);
    }

    private static HostingId Hosting(int number) => new(Some.Message(number, Now).Value);

    private static HostingPlan Plan(int number) => new(
        Some.Message(number, Now),
        Party.Buyer,
        "Linear",
        Some.Mandate,
        new SessionKeyId(Some.Mandate.Value),
        Negotiations: [new NegotiationId(Some.Message(5_000 + number, Now).Value)]);

    private static StartHosting Command(int number) => new(Some.BuyerAgent, Hosting(number), Plan(number), default);

    private void AssertRefused(HostingRefusal refusal, HostingPlan plan) =>
        Assert.Equal(refusal, HostingMachine.Decide(_buyer, Command(1) with { Plan = plan }, Now).Refusal);

    private HostingDecision Start(int number, LedgerTime at)
    {
        var decision = HostingMachine.Decide(_buyer, Command(number), at);
        _buyer.Apply(decision.Event!);
        return decision;
    }

    private void End(int number, LedgerTime at) => _buyer.Apply(HostingMachine.Decide(
        _buyer, new EndHosting(Some.BuyerAgent, Hosting(number), HostingEnd.Stopped), at).Event!);
}
