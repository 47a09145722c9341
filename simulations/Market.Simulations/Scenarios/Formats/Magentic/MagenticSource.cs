using Market.Domain;
using Market.Silo.Commands.Demo.Magentic;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Magentic;

/// <summary>
/// A market of the Magentic data: the whole of it for a population, or one scenario for each customer and each business
/// that has all that the customer asks for.
/// </summary>
internal static class MagenticSource
{
    /// <summary>The format's name.</summary>
    public const string FormatName = "magentic";

    /// <summary>A sentence about the format.</summary>
    public const string About =
        "Magentic YAML: a market; one scenario a customer and a business that serves it, over the order's total.";

    private static readonly string[] Parts = ["customers", "businesses"];

    /// <summary>Whether a folder holds such a market.</summary>
    public static bool Knows(string folder) => Parts.All(part => Directory.Exists(Path.Combine(folder, part)));

    /// <summary>The whole market.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong.</exception>
    public static MagenticMarket LoadMarket(string folder)
    {
        // Every file goes through the bounded reader first: what nests too deep does not reach the other one.
        foreach (var part in Parts.Where(part => Directory.Exists(Path.Combine(folder, part))))
        {
            foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, part), "*.yaml"))
            {
                YamlSource.Parse(SourceText.Read(path), path);
            }
        }

        try
        {
            return MagenticMarket.Load(folder);
        }
        catch (MagenticDataException wrong)
        {
            throw new ScenarioFileException(new Place(wrong.Path, (int?)wrong.Line), wrong.Problem, wrong);
        }
    }

    /// <summary>The scenarios of a market, customer by customer, and of each its businesses.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong, or nobody is served.</exception>
    public static IReadOnlyList<LoadedScenario> Read(string folder)
    {
        var market = LoadMarket(folder);
        List<LoadedScenario> scenarios =
        [
            .. from customer in market.Customers
               from business in market.Businesses
               where business.Profile.Serves(customer.Profile)
               select Of(folder, customer, business),
        ];
        return scenarios.Count > 0
            ? scenarios
            : throw new ScenarioFileException(
                new Place(folder), "no business has all that a customer asks for, so there is nothing to negotiate.");
    }

    /// <summary>One customer and one business over the total of the order, in cents.</summary>
    private static LoadedScenario Of(string folder, MagenticCustomer customer, MagenticBusiness business)
    {
        var posted = business.Profile.PostedTotalCents(customer.Profile.Items);
        var wanted = MagenticRules.BuyerUtility(posted, customer.Secret.WorthCents);
        var (buyer, seller) = (customer.Profile.Id.Value, business.Profile.Id.Value);
        var scenario = new Scenario(
            ScenarioBuilder.NameOf($"{buyer}-{seller}"),
            $"{customer.Profile.Name} orders at {business.Profile.Name}.",
            wanted.Agenda,
            [
                new Profile(buyer, wanted),
                new Profile(seller, MagenticRules.SellerUtility(posted, business.Secret.FloorCents(posted))),
            ],
            MagenticRules.RoundsMax,
            Posted: posted);
        var places = new[] { ("customers", buyer), ("businesses", seller) }.Select(
            part => new Place(Path.Combine(folder, part.Item1, part.Item2 + ".yaml"))).ToList();
        return new LoadedScenario(
            scenario,
            FormatName,
            new Place(folder),
            [places[1]],
            places.Select(place => new ProfilePlaces(place, place, [place])).ToValueArray());
    }
}
