using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>Firm offers of a quantity, of which the other side may take a part.</summary>
public sealed class PartialOfferTests
{
    [Theory]
    [InlineData(4, NegotiationRefusal.QuantityNotOffered)]
    [InlineData(5, null)]
    [InlineData(6, null)]
    [InlineData(9, null)]
    [InlineData(10, null)]
    [InlineData(11, NegotiationRefusal.QuantityNotOffered)]
    public void Any_quantity_from_the_least_to_the_offered_can_be_accepted(
        long quantity, NegotiationRefusal? refusal)
    {
        var bench = Opened(partialFrom: 5);
        Assert.Equal(refusal, bench.RefusalOf(bench.Accept(Party.Seller, quantity)));
    }

    [Fact]
    public void The_deal_is_over_the_quantity_that_was_taken_and_its_recomputed_total()
    {
        var bench = Opened(partialFrom: 5);
        var offered = bench.State.Standing!.Terms;

        var accepted = (OfferAccepted)bench.Do(bench.Accept(Party.Seller, 7)).Event!;

        var agreed = Some.BulkTerms(60_00, 7);
        Assert.Equal(7 * 60_00, agreed.TotalMinorUnits);
        Assert.Equal(agreed, bench.State.Agreed);
        Assert.Equal(offered, bench.State.Standing!.Terms);
        Assert.Equal(
            NegotiationHashes.OfTerms(Some.Market, Some.Negotiation, Some.BulkSubject, agreed), accepted.TermsHash);

        var settle = Settlement.CommandOf(bench.State)!;
        Assert.Equal(7 * 60_00, settle.Total.MinorUnits);
        Assert.Equal(accepted.TermsHash, settle.TermsHash);
        Assert.Equal(7, Assert.Single(settle.Legs, leg => leg.Debit.Kind == AccountKind.Stock).Amount);
        Assert.Equal(7, Assert.Single(settle.Legs, leg => leg.Debit.Kind == AccountKind.Need).Amount);
        var settled = new Settled(
            settle.Deal, Some.Negotiation, new EntryNumber(5), Some.Noon, SettlementMode.Immediate, null);
        Assert.Equal(7 * 60_00, Settlement.ReceiptOf(bench.State, settled).Total.MinorUnits);
    }

    [Fact]
    public void What_the_ledger_is_told_first_is_what_it_is_told_again()
    {
        var bench = Opened(partialFrom: 5);
        var decision = NegotiationMachine.Decide(
            bench.State, bench.Accept(Party.Seller, 6), bench.State.LastTime + TimeSpan.FromSeconds(1));
        var first = Settlement.CommandAfter(bench.State, decision.Event!);
        bench.State.Apply(decision.Event!);

        Assert.Equal(first, Settlement.CommandOf(bench.State));
    }

    [Fact]
    public void An_accept_without_a_quantity_takes_all()
    {
        var bench = Opened(partialFrom: 5);
        bench.Do(bench.Accept(Party.Seller));
        Assert.Equal(Some.BulkTerms(60_00, 10), bench.State.Agreed);
    }

    [Fact]
    public void All_or_nothing_is_what_an_offer_is_that_does_not_say_otherwise()
    {
        var bench = Opened(partialFrom: null);
        Assert.Equal(NegotiationRefusal.QuantityNotOffered, bench.RefusalOf(bench.Accept(Party.Seller, 9)));
        Assert.IsType<OfferAccepted>(bench.Do(bench.Accept(Party.Seller, 10)).Event);
        Assert.Equal(Some.BulkTerms(60_00, 10), bench.State.Agreed);
    }

    [Theory]
    [InlineData(0, NegotiationRefusal.PartialNotPossible)]
    [InlineData(1, null)]
    [InlineData(10, null)]
    [InlineData(11, NegotiationRefusal.PartialNotPossible)]
    public void The_least_is_a_quantity_up_to_the_offered(long least, NegotiationRefusal? refusal) =>
        Assert.Equal(refusal, new NegotiationBench().RefusalOf(Opening(least)));

    [Fact]
    public void The_least_and_what_is_taken_are_steps_of_the_quantity()
    {
        var inSixes = new Issue("quantity", IssueKind.Quantity, 2, 20, 6, []);
        var agenda = Some.Agenda with { Issues = [.. Some.Agenda.Issues, inSixes] };
        var terms = agenda.TermsOf(Outcome.Of(60_00, 3, 12, 14));
        var opening = Opening(least: 8) with
        {
            Subject = Some.BulkSubject with { Agenda = agenda },
            FirstOffer = ProposedOffer.Firm(terms) with { PartialFrom = 8 },
        };
        Assert.Equal(
            NegotiationRefusal.PartialNotPossible,
            new NegotiationBench().RefusalOf(
                opening with { FirstOffer = opening.FirstOffer with { PartialFrom = 9 } }));

        var bench = NegotiationBench.Opened(opening);
        Assert.Equal(NegotiationRefusal.QuantityNotOffered, bench.RefusalOf(bench.Accept(Party.Seller, 10)));
        Assert.IsType<OfferAccepted>(bench.Do(bench.Accept(Party.Seller, 8)).Event);
    }

    [Fact]
    public void An_indicative_offer_has_no_parts()
    {
        var indicative = ProposedOffer.Indicative(Some.BulkTerms(60_00, 10)) with { PartialFrom = 5 };
        Assert.Equal(
            NegotiationRefusal.PartialNotPossible,
            new NegotiationBench().RefusalOf(Opening(5) with { FirstOffer = indicative }));
    }

    [Fact]
    public void A_total_price_has_no_parts()
    {
        var agenda = new Agenda(Currency.Usd, [Issue.TotalPrice(1, 100_00), Issue.Quantity(1, 20)]);
        var offer = ProposedOffer.Firm(agenda.TermsOf(Outcome.Of(50_00, 10))) with { PartialFrom = 5 };
        var opening = Opening(5) with { Subject = Some.BulkSubject with { Agenda = agenda }, FirstOffer = offer };

        Assert.Equal(NegotiationRefusal.PartialNotPossible, new NegotiationBench().RefusalOf(opening));
    }

    [Fact]
    public void The_least_is_part_of_what_an_accept_names() => Assert.Equal(
        3,
        new[] { Opened(null), Opened(5), Opened(6) }.Select(bench => bench.State.Standing!.Hash).Distinct().Count());

    [Fact]
    public void A_mandate_judges_what_is_taken_and_not_what_was_offered()
    {
        var bench = NegotiationBench.Opened(
            Opening(5) with { Seller = Some.Seller with { Mandate = Some.Mandate } });
        var decision = NegotiationMachine.Decide(
            bench.State, bench.Accept(Party.Seller, 6), bench.State.LastTime + TimeSpan.FromSeconds(1));

        Assert.Equal(6 * 60_00, Settlement.CommitmentOf(bench.State, decision.Event)!.Value.Total.MinorUnits);
    }

    private static NegotiationBench Opened(long? partialFrom) => NegotiationBench.Opened(Opening(partialFrom));

    private static OpenNegotiationCommand Opening(long? least) => Some.Opening() with
    {
        Subject = Some.BulkSubject,
        FirstOffer = ProposedOffer.Firm(Some.BulkTerms(60_00, 10)) with { PartialFrom = least },
    };
}
