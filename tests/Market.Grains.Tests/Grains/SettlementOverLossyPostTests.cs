using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Testing;
using Balances = Market.Domain.Wire.Messages.Balances;
using DealSettled = Market.Domain.Negotiating.DealSettled;

namespace Market.Grains.Tests.Grains;

/// <summary>
/// INV-7 and INV-21 between the grains: tells are lost, doubled and reordered, and yet every agreed deal ends Settled
/// or SettlementFailed, once, and the book has moved each thing once.
/// </summary>
public sealed class SettlementOverLossyPostTests
{
    private const int SweepsMax = 60;
    private static readonly GrainId Seller = GrainId.OfSeller(Some.SellerAgent);
    private static readonly GrainId Buyer = GrainId.OfBuyer(Some.BuyerAgent);

    [Property(MaxTest = 60)]
    public void Two_deals_over_one_unit_settle_one_and_fail_one_whatever_the_post_does(int seed)
    {
        var post = new LossyPost(seed);
        post.Add(GrainId.Directory, new DirectoryGrain(new Money(500_00, Currency.Usd)));
        post.Add(GrainId.Ledger, new LedgerGrain(Some.Market));
        post.Add(Seller, new SellerAgentGrain(Seller));
        post.Add(Buyer, new BuyerAgentGrain(Buyer));
        post.Ask(GrainId.Directory, GrainMessages.Enrol(1));
        post.Ask(GrainId.Directory, GrainMessages.Enrol(2, "bob", AgentRole.Seller));
        post.Ask(Seller, GrainMessages.Listing(1));
        post.Ask(Buyer, GrainMessages.Request(1));
        RunUntilSilent(post);

        GrainId[] negotiations = [Open(post, 1), Open(post, 2)];
        post.LosesTells = true;
        foreach (var negotiation in negotiations)
        {
            Accept(post, negotiation);
        }

        RunUntilSilent(post);

        var ends = negotiations.Select(negotiation => post[negotiation].Events).ToList();
        Assert.All(ends, events => Assert.Single(events, e => e is DealSettled or DealNotSettled));
        Assert.Single(ends, events => events[^1] is DealSettled);
        var failed = (DealNotSettled)ends.Single(events => events[^1] is DealNotSettled)[^1];
        Assert.Equal(
            new SettlementFailure((int)LedgerRefusal.NeedAlreadyFilled, (int)LedgerRefusal.StockExceeded),
            failed.Failure);
        Assert.Equal(500_00 - 60_00, FundsOf(post, Some.Buyer.Principal));
        Assert.Equal(60_00 - 60, FundsOf(post, Some.Seller.Principal));
    }

    [Fact]
    public void The_post_does_lose_tells()
    {
        var post = new LossyPost(seed: 1);
        post.Add(GrainId.Ledger, new LedgerGrain(Some.Market));
        post.Add(Seller, new SellerAgentGrain(Seller));
        for (var i = 1; i <= 20; i++)
        {
            post.Ask(Seller, GrainMessages.Listing(i));
        }

        Assert.InRange(post.Lost, 1, 19);
    }

    private static void RunUntilSilent(LossyPost post)
    {
        for (var i = 0; i < SweepsMax; i++)
        {
            // The faults stop in the second half; then all that waits must come to its end.
            post.LosesTells = i < SweepsMax / 2;
            post.Deliver();
            post.Sweep();
        }

        post.Deliver();
    }

    private static GrainId Open(LossyPost post, int number)
    {
        var opening = GrainMessages.Opening(number);
        var id = GrainId.Of(opening.Negotiation);
        post.Add(id, new NegotiationGrain(Some.Market, new CountingSigner()));
        Assert.IsType<ActRecorded>(post.Ask(id, opening).Reply);
        return id;
    }

    private static void Accept(LossyPost post, GrainId id)
    {
        var offer = ((StandingOffer)post.Ask(id, new GetStandingOffer(Some.SellerAgent)).Reply!).Offer!;
        var accept = new AcceptOffer(
            Some.Message(9, Some.Noon), new NegotiationId(id.Key), 1, offer.Number, offer.Hash);
        var step = post.Ask(id, new PerformAct(Some.SellerAgent, accept, Some.Digest(9), null, default));
        Assert.IsType<OfferAccepted>(step.Event);
    }

    private static long FundsOf(LossyPost post, PrincipalNumber principal)
    {
        var balances = (Balances)post.Ask(GrainId.Ledger, new GetBalancesOf(principal)).Reply!;
        var name = AccountName.Funds(principal, Currency.Usd).ToString();
        return balances.Accounts.Single(account => account.Account == name).Available;
    }
}
