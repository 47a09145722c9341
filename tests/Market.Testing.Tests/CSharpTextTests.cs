using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing.Tests;

public sealed class CSharpTextTests
{
    private static readonly Settle Deal = new(
        TestIds.Deal(1),
        TestIds.Negotiation(2),
        TestIds.Hash(3),
        new DealParty(TestIds.Agent(11), TestIds.Principal(1), TestIds.Mandate(4)),
        new DealParty(TestIds.Agent(12), TestIds.Principal(2), null),
        TestIds.Usd(90),
        [
            new Leg(AccountName.Funds(TestIds.Principal(1), Currency.Usd), AccountName.Fees(Currency.Usd), 90),
            new Leg(
                AccountName.Stock(TestIds.Principal(2), TestIds.Listing(5)),
                AccountName.Owned(TestIds.Principal(1), TestIds.Listing(5)),
                1),
        ]);

    [Fact]
    public void A_deal_is_its_constructor_without_the_arguments_that_are_the_default() => Assert.Equal(
        "new Settle(TestIds.Deal(1), TestIds.Negotiation(2), TestIds.Hash(3), "
        + "new DealParty(TestIds.Agent(11), TestIds.Principal(1), TestIds.Mandate(4)), "
        + "new DealParty(TestIds.Agent(12), TestIds.Principal(2), null), TestIds.Usd(90), "
        + "[new Leg(AccountName.Funds(TestIds.Principal(1), Currency.Usd), AccountName.Fees(Currency.Usd), 90), "
        + "new Leg(AccountName.Stock(TestIds.Principal(2), TestIds.Listing(5)), "
        + "AccountName.Owned(TestIds.Principal(1), TestIds.Listing(5)), 1)])",
        CSharpText.Of(Deal));

    [Fact]
    public void What_is_not_the_default_is_written() => Assert.EndsWith(
        "SettlementMode.OnDelivery, TestIds.Start + TimeSpan.FromMinutes(7))",
        CSharpText.Of(Deal with
        {
            Mode = SettlementMode.OnDelivery,
            DeliveryDeadline = TestIds.Start + TimeSpan.FromMinutes(7),
        }),
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_what_makes_them_again(object value, string text) =>
        Assert.Equal(text, CSharpText.Of(value));

    public static TheoryData<object, string> Values => new()
    {
        { "say \"hi\"", "\"say \\\"hi\\\"\"" },
        { true, "true" },
        { -5L, "-5" },
        { (SettlementMode)9, "(SettlementMode)9" },
        { TimeSpan.FromTicks(1), "TimeSpan.FromTicks(1)" },
        { new Money(5, Currency.Of("EUR", 2)), "new Money(5, Currency.Of(\"EUR\", 2))" },
        { new LedgerCommandId(new Hash256(1, 2, 3, 4)), "new LedgerCommandId(new Hash256(1, 2, 3, 4))" },
        { AccountName.Filled(TestIds.Request(1)), "AccountName.Filled(TestIds.Request(1))" },
        {
            AccountName.World(Currency.Usd) with { Owner = TestIds.Principal(3) },
            $"new AccountName(AccountKind.World, TestIds.Principal(3), {UsdAsset})"
        },
        { default(DealParty), "default" },
        { TestIds.Principal(-1), "new PrincipalNumber(-1)" },
    };

    private static string UsdAsset => $"new Asset(AssetKind.Money, new Guid(\"{Asset.Money(Currency.Usd).Subject}\"))";

    /// <summary>Every command has to be written down in full, those that are added later too.</summary>
    [Property(Arbitraries = typeof(MarketArbitraries))]
    public void No_two_different_commands_have_the_same_text(LedgerCommand one, LedgerCommand other) =>
        Assert.Equal(one.Equals(other), CSharpText.Of(one) == CSharpText.Of(other));

    [Property(Arbitraries = typeof(MarketArbitraries))]
    public void A_mandate_is_written_with_all_that_it_says(Mandate mandate) => Assert.NotEqual(
        CSharpText.Of(mandate), CSharpText.Of(mandate with { BudgetMaxMinor = mandate.BudgetMaxMinor + 1 }));
}
