using FsCheck.Fluent;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing.Tests;

public sealed class MarketArbitrariesTests
{
    [Property(Arbitraries = typeof(MarketArbitraries))]
    public void A_generated_mandate_can_be_granted(Mandate mandate) =>
        Assert.Null(new LedgerBook().Tell(new GrantMandate(mandate)).Refused);

    [Property(Arbitraries = typeof(MarketArbitraries))]
    public void A_generated_account_can_be_named_in_a_leg(AccountName account) =>
        Assert.True(account is { HoldsItsAsset: true, HasItsOwner: true, IsLimited: true }, account.ToString());

    [Property(Arbitraries = typeof(MarketArbitraries))]
    public void A_generated_deal_settles_once_there_is_money_and_stock(Settle deal)
    {
        var book = new LedgerBook();
        var owners = new[] { deal.Buyer.Principal, deal.Seller.Principal };
        _ = book.Tell(new Deposit(TestIds.Command(900), owners[0], deal.Total with { MinorUnits = 10_000 }));
        var plain = deal with
        {
            Buyer = deal.Buyer with { Mandate = null },
            Seller = deal.Seller with { Mandate = null },
            Legs = [.. deal.Legs.Where(leg => leg.Debit.Kind != AccountKind.Need)],
        };
        foreach (var leg in plain.Legs.Where(leg => leg.Debit.Kind == AccountKind.Stock))
        {
            _ = book.Tell(new MintUnits(
                TestIds.Command(901), new Domain.ListingId(leg.Debit.Asset.Subject), owners[1], 100));
        }

        Assert.Null(book.Tell(plain).Refused);
    }

    [Property(MaxTest = 30, Arbitraries = typeof(MarketArbitraries))]
    public void Shrinking_a_script_ends(LedgerScript script)
    {
        var steps = 0;
        for (var one = script; one is not null; one = Shrinking.Of(one).FirstOrDefault())
        {
            Assert.True(++steps < 1_000, one.ToString());
        }
    }

    [Property(Arbitraries = typeof(MarketArbitraries))]
    public void A_simpler_command_is_another_one_and_never_simplifies_to_itself(LedgerCommand command) =>
        Assert.DoesNotContain(command, Shrinking.Of(command).SelectMany(Shrinking.Of).Concat(Shrinking.Of(command)));

    [Fact]
    public void The_same_seed_is_the_same_script() => Assert.Equal(
        LedgerScript.Random(seed: 7, length: 300).ToString(), LedgerScript.Random(seed: 7, length: 300).ToString());

    [Fact]
    public void Cases_grow_with_their_size() => Assert.Equal(
        200, MarketArbitraries.Scripts().Generator.Sample(1, 100).Single().Steps.Count);
}
