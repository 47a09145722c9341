using FsCheck;
using FsCheck.Fluent;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// How FsCheck makes and shrinks the values of settlement: give this type to a property, or to
/// <c>Config.WithArbitrary</c>.
/// </summary>
public static class MarketArbitraries
{
    private const int StepsPerSize = 2;

    /// <summary>Scripts of commands; a case of size 100 has 200 steps.</summary>
    public static Arbitrary<LedgerScript> Scripts() => Arb.From(
        Gen.Sized(size => Seeds.Select(seed => LedgerScript.Random(seed, StepsPerSize * size))),
        Shrinking.Of);

    /// <summary>Single commands; some are wrong by themselves.</summary>
    public static Arbitrary<LedgerCommand> Commands() => Arb.From(
        Seeds.Select(seed => new CommandWriter(new Random(seed)).Next()), Shrinking.Of);

    /// <summary>Deals of up to 9.00 between principals 1 to 4, at once or on delivery.</summary>
    public static Arbitrary<Settle> Deals() => Arb.From(
        Seeds.Select(seed => new CommandWriter(new Random(seed)).Settle()), Shrinking.Of);

    /// <summary>Mandates that can be granted.</summary>
    public static Arbitrary<Mandate> Mandates() => Arb.From(
        Seeds.Select(seed => new CommandWriter(new Random(seed)).Mandate()), Shrinking.Of);

    /// <summary>Accounts that have a floor; the simplest is principal 1's dollars.</summary>
    public static Arbitrary<AccountName> Accounts() => Arb.From(
        Seeds.Select(seed => new CommandWriter(new Random(seed)).Account()), SimplerAccounts);

    private static Gen<int> Seeds => Gen.Choose(0, int.MaxValue - 1);

    private static IEnumerable<AccountName> SimplerAccounts(AccountName name)
    {
        var simplest = AccountName.Funds(TestIds.Principal(1), Domain.Currency.Usd);
        return name == simplest ? [] : [simplest];
    }
}
