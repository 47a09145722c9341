using System.Globalization;
using Market.Domain;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>
/// Draws a market's agents from distributions. Every agent has a stream of its own, derived from the seed and its
/// number. A good's usual price is the market's; a buyer needs one piece of one good.
/// </summary>
internal static class PopulationMaker
{
    private const double CentsPerUnit = 100;

    // Above a cent nothing can be negotiated below; the largest order that can be ranked is 10,000 units of currency.
    private const long CentsMin = 2;
    private const long CentsMax = OutcomeSpace.CountMax;

    /// <summary>Draws a market.</summary>
    public static MagenticMarket Make(PopulationSettings settings, ulong seed)
    {
        var usual = Enumerable.Range(1, settings.Goods)
            .Select(good => settings.Price.Draw(StreamOf(seed, "good", good)))
            .ToList();
        return new MagenticMarket(
            Enumerable.Range(1, settings.Demand).Select(n => Buyer(settings, usual, seed, n)).ToValueArray(),
            Enumerable.Range(1, settings.Supply).Select(n => Seller(settings, usual, seed, n)).ToValueArray());
    }

    private static MagenticCustomer Buyer(PopulationSettings settings, List<double> usual, ulong seed, int number)
    {
        var random = StreamOf(seed, "buyer", number);
        var good = random.Next(usual.Count);
        var worth = Cents(usual[good] * settings.Worth.Draw(random), 0);
        var id = IdOf("buyer", number);
        var profile = new MagenticCustomerProfile(id, id.Value, $"Wanted: {NameOf(good)}.", [NameOf(good)], []);

        // A customer's order is worth twice what it expects to pay.
        return new MagenticCustomer(profile, new MagenticCustomerSecret([worth / 2]));
    }

    private static MagenticBusiness Seller(PopulationSettings settings, List<double> usual, ulong seed, int number)
    {
        var random = StreamOf(seed, "seller", number);
        var goods = Enumerable.Range(0, usual.Count).ToArray();
        var menu = new List<MagenticLine>();
        for (var line = 0; line < Math.Min(settings.Menu, goods.Length); line++)
        {
            var drawn = line + random.Next(goods.Length - line);
            (goods[line], goods[drawn]) = (goods[drawn], goods[line]);
            menu.Add(new MagenticLine(
                NameOf(goods[line]), Cents(usual[goods[line]] * settings.Posted.Draw(random), CentsMin)));
        }

        var floor = Math.Clamp(settings.Floor.Draw(random), 0, 1);
        var id = IdOf("seller", number);
        var profile = new MagenticBusinessProfile(
            id, id.Value, "Drawn from a distribution.", 1, menu.ToValueArray(), []);
        return new MagenticBusiness(profile, new MagenticBusinessSecret(Math.Round((decimal)floor, 4)));
    }

    private static long Cents(double amount, long least) =>
        Math.Clamp((long)Math.Clamp(amount * CentsPerUnit, 0, CentsMax), least, CentsMax);

    private static SeededGenerator StreamOf(ulong seed, string kind, int number) =>
        new(Seeds.Derive(seed, "population", kind, number.ToString(CultureInfo.InvariantCulture)));

    private static MagenticId IdOf(string side, int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{side}_{number:0000}"));

    private static string NameOf(int good) => string.Create(CultureInfo.InvariantCulture, $"good {good + 1}");
}
