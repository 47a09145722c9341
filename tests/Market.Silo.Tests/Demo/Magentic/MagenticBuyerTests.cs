using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Silo.Tests.Demo.Magentic;

public sealed class MagenticBuyerTests
{
    private static readonly MagenticId A = new("business_a");
    private static readonly MagenticId B = new("business_b");
    private static readonly MagenticId C = new("business_c");

    [Fact]
    public void A_customer_first_bids_low_to_every_business_and_then_more()
    {
        var buyer = Buyer(worthCents: 2000, new(B, 1000), new(A, 1500));
        var opening = buyer.Act(0, new Dictionary<MagenticId, long>());
        var later = buyer.Act(10, new Dictionary<MagenticId, long> { [A] = 1400 });
        Assert.Null(opening.Accepted);
        Assert.Equal([A, B], opening.Bids.Select(bid => bid.Business));

        // u = 2000 − p from 1999 down to 500 at A and to 1000 at B; t = 1/21 and 11/21, and the worst outcome above.
        Assert.Equal([72L, 48L], opening.Bids.Select(bid => bid.TotalCents));
        Assert.Equal([786L, 524L], later.Bids.Select(bid => bid.TotalCents));
    }

    [Fact]
    public void Of_acceptable_firm_offers_the_cheapest_is_accepted_and_of_equal_ones_the_lowest_id()
    {
        var buyer = Buyer(worthCents: 2000, new(C, 1000), new(B, 1000), new(A, 1000));
        Assert.Equal(new MagenticPrice(B, 300), buyer.Act(10, Firm((A, 301), (C, 300), (B, 300))).Accepted);
        Assert.Null(buyer.Act(10, Firm((A, 900), (C, 900), (B, 900))).Accepted);
    }

    [Fact]
    public void An_offer_outside_of_the_agenda_is_never_accepted()
    {
        var buyer = Buyer(worthCents: 2000, new MagenticPrice(A, 1000));
        Assert.Null(buyer.Act(19, Firm((A, 0))).Accepted);
        Assert.Null(buyer.Act(19, Firm((A, -5))).Accepted);
        Assert.Null(buyer.Act(19, Firm((B, 1))).Accepted);
        Assert.Equal(new MagenticPrice(A, 1), buyer.Act(19, Firm((A, 1))).Accepted);
    }

    [Fact]
    public void At_the_end_the_cheapest_of_offers_and_posted_prices_is_taken()
    {
        var buyer = Buyer(worthCents: 2000, new(A, 1000), new(B, 900));
        Assert.Equal(new MagenticPurchase(new(A, 850), false), buyer.TakeBest(Firm((A, 850), (B, 880))));
        Assert.Equal(new MagenticPurchase(new(B, 900), true), buyer.TakeBest(Firm((A, 950))));
        Assert.Equal(new MagenticPurchase(new(B, 900), false), buyer.TakeBest(Firm((A, 900 + 1), (B, 900))));
        Assert.Equal(new MagenticPurchase(new(A, 900), false), buyer.TakeBest(Firm((A, 900))));
    }

    [Fact]
    public void What_leaves_a_customer_nothing_is_not_taken()
    {
        Assert.Null(Buyer(worthCents: 1000, new MagenticPrice(A, 1000)).TakeBest(Firm((A, 1000))));
        Assert.NotNull(Buyer(worthCents: 1002, new MagenticPrice(A, 1000)).TakeBest(Firm()));
        Assert.Null(Buyer(worthCents: 1000).TakeBest(Firm()));
    }

    [Fact]
    public void A_business_offers_the_bid_back_if_it_could_accept_it_and_else_its_own_price()
    {
        // Floor 700 of 1000; the business asks for 700 + 300 × (1 − t) − ε: at t = 11/21 that is 842.86.
        var profile = new MagenticBusinessProfile(A, "A", "a", 1, [new MagenticLine("Taco", 1000)], []);
        var business = new MagenticBusiness(profile, new MagenticBusinessSecret(0.7m));
        var seller = new MagenticSeller(business, ["Taco"], TimeDependentPreset.Linear);
        Assert.Equal(843, seller.Answer(10, 842));
        Assert.Equal(843, seller.Answer(10, 843));
        Assert.Equal(990, seller.Answer(10, 990));
        Assert.Equal(843, seller.Answer(10, 1001));
        Assert.Equal(843, seller.Answer(10, 0));
        Assert.Equal(986, seller.Answer(0, 843));
    }

    private static MagenticBuyer Buyer(long worthCents, params MagenticPrice[] posted)
    {
        var profile = new MagenticCustomerProfile(new MagenticId("customer_1"), "Ann", "A taco.", ["Taco"], []);
        var secret = new MagenticCustomerSecret([worthCents / 2]);
        return new MagenticBuyer(new MagenticCustomer(profile, secret), posted, TimeDependentPreset.Linear);
    }

    private static Dictionary<MagenticId, long> Firm(params (MagenticId Business, long Cents)[] offers) =>
        offers.ToDictionary(offer => offer.Business, offer => offer.Cents);
}
