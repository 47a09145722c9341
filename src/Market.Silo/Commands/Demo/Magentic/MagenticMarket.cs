using Market.Domain;
using Market.Domain.Listings;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// A market of the Magentic data: customers that each want one order, and businesses with menus. Whoever holds this
/// holds everybody's secrets: it hands each agent its own file, and counts up the result afterwards.
/// </summary>
/// <param name="Customers">In the order of their ids.</param>
/// <param name="Businesses">In the order of their ids.</param>
public sealed record MagenticMarket(ValueArray<MagenticCustomer> Customers, ValueArray<MagenticBusiness> Businesses)
{
    /// <summary>
    /// Reads a folder with the folders <c>customers</c> and <c>businesses</c>, one YAML file an agent.
    /// </summary>
    /// <exception cref="MagenticDataException">Something is missing or wrong; the message says where and
    /// what.</exception>
    public static MagenticMarket Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new MagenticDataException(folder, null, "there is no such folder.");
        }

        return new MagenticMarket(
            ReadAll(Path.Combine(folder, "customers"), ReadCustomer, customer => customer.Profile.Id),
            ReadAll(Path.Combine(folder, "businesses"), ReadBusiness, business => business.Profile.Id));
    }

    /// <summary>
    /// What the customers together gain, in cents, where each buys at the cheapest matching posted price if that is
    /// worth it: the best that anyone can do here without negotiating.
    /// </summary>
    public long PostedOptimumCents => Customers.Sum(customer => Businesses
        .Where(business => business.Profile.Serves(customer.Profile))
        .Select(business => customer.Secret.WorthCents - business.Profile.PostedTotalCents(customer.Profile.Items))
        .Append(0)
        .Max());

    private static MagenticCustomer ReadCustomer(MagenticFile file)
    {
        var order = file.Prices("menu_features", minimumCents: 0);
        var profile = new MagenticCustomerProfile(
            new MagenticId(file.Text("id")),
            file.Text("name"),
            file.Text("request"),
            order.Select(line => line.Item).ToValueArray(),
            file.Names("amenity_features"));
        return new MagenticCustomer(
            profile, new MagenticCustomerSecret(order.Select(line => line.PriceCents).ToValueArray()));
    }

    // The field progenitor_customer names the customer that a business was generated from; no agent may know it.
    private static MagenticBusiness ReadBusiness(MagenticFile file)
    {
        var profile = new MagenticBusinessProfile(
            new MagenticId(file.Text("id")),
            file.Text("name"),
            file.Text("description"),
            file.Number("rating", 0, decimal.MaxValue),
            file.Prices("menu_features", minimumCents: 1),
            file.Names("amenity_features", value: true),
            file.Names("amenity_features", value: false));
        return ListingRules.Refuse(MagenticListing.DraftOf(profile)) is { } refusal
            ? throw file.WrongField("menu_features", $"a market refuses the listing of this business: {refusal}.")
            : new MagenticBusiness(profile, new MagenticBusinessSecret(file.Number("min_price_factor", 0, 1)));
    }

    private static ValueArray<T> ReadAll<T>(string folder, Func<MagenticFile, T> read, Func<T, MagenticId> idOf)
    {
        if (!Directory.Exists(folder))
        {
            throw new MagenticDataException(folder, null, "there is no such folder; it holds the agents' YAML files.");
        }

        var agents = new SortedDictionary<MagenticId, T>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var file = MagenticFile.Open(path);
            var agent = read(file);
            if (!agents.TryAdd(idOf(agent), agent))
            {
                throw file.WrongField("id", $"the id '{idOf(agent)}' is that of another file, too.");
            }
        }

        return agents.Count > 0
            ? agents.Values.ToValueArray()
            : throw new MagenticDataException(folder, null, "the folder holds no file that ends in .yaml.");
    }
}
