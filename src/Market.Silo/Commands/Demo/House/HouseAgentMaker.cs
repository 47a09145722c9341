using System.Globalization;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.House;

/// <summary>
/// Draws one agent. Preferences are money: a buyer's utility is what the piece on these terms is worth to it less the
/// price, a seller's the price less what they cost it. The shares below are of the category's typical price, in tenths
/// of a percent; they make most pairs of buyer and seller able to agree, and some not.
/// </summary>
internal static class HouseAgentMaker
{
    private const long StockMax = 3;

    private static readonly TimeDependentPreset[] Strategies =
        [TimeDependentPreset.Boulware, TimeDependentPreset.Linear, TimeDependentPreset.Conceder];

    private static readonly string[] BuyerNames =
        ["Ada", "Bela", "Chidi", "Dora", "Emre", "Fatima", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Leila"];

    private static readonly string[] SellerNames =
        ["Alpine", "Bridge", "Corner", "Delta", "Ember", "Fjord", "Grove", "Harbor", "Island", "Juniper"];

    /// <summary>
    /// The agent of one side and category with a number from 1; draws from the generator in a fixed order.
    /// </summary>
    public static HouseAgent Make(SplitMix64 random, Party party, HouseCategory category, int number)
    {
        var isBuyer = party == Party.Buyer;
        var utility = isBuyer ? BuyerUtility(random, category) : SellerUtility(random, category);
        var strategy = Strategies[random.Between(0, Strategies.Length - 1)];
        var quantity = isBuyer ? 1 : random.Between(1, StockMax);
        var profile = new HouseAgentProfile(NameOf(party, category, number), party, category, quantity);
        return new HouseAgent(profile, new HouseAgentSecret(utility, strategy));
    }

    private static UtilityFunction BuyerUtility(SplitMix64 random, HouseCategory category) => Utility(
        category,
        priceSign: -1,
        bias: Share(random, category, 760, 1_170),
        centsPerDay: -Share(random, category, 2, 8),
        centsPerWarrantyMonth: Share(random, category, 1, 3),
        choices: Choices(random, category, 0, 60));

    private static UtilityFunction SellerUtility(SplitMix64 random, HouseCategory category) => Utility(
        category,
        priceSign: 1,
        bias: -Share(random, category, 660, 940),
        centsPerDay: Share(random, category, 1, 4),
        centsPerWarrantyMonth: -Share(random, category, 1, 2),
        choices: Choices(random, category, -50, 0));

    private static UtilityFunction Utility(
        HouseCategory category,
        double priceSign,
        long bias,
        long centsPerDay,
        long centsPerWarrantyMonth,
        double[] choices) =>
        new(
            category.Agenda,
            [
                ValueFunction.Linear(priceSign),
                ValueFunction.Linear(centsPerDay),
                ValueFunction.Linear(centsPerWarrantyMonth),
                ValueFunction.Table(choices),
            ],
            reservationValue: 0,
            bias: bias);

    private static double[] Choices(SplitMix64 random, HouseCategory category, long minimum, long maximum)
    {
        var values = new double[category.Agenda.Issues[category.Agenda.Issues.Count - 1].LevelCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Share(random, category, minimum, maximum);
        }

        return values;
    }

    private static long Share(SplitMix64 random, HouseCategory category, long minimum, long maximum) =>
        category.TypicalCents * random.Between(minimum, maximum) / 1_000;

    private static string NameOf(Party party, HouseCategory category, int number)
    {
        var names = party == Party.Buyer ? BuyerNames : SellerNames;
        var name = names[(number - 1) % names.Length];
        var relation = party == Party.Buyer ? "wants" : "sells";
        return string.Create(CultureInfo.InvariantCulture, $"{name} {number} ({relation}: {category.Name})");
    }
}
