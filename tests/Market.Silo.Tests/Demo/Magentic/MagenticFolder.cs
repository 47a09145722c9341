namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>A small market as files in a folder of its own, deleted at the end.</summary>
internal sealed class MagenticFolder : IDisposable
{
    public const string Customer =
        """
        id: customer_1
        name: Ann
        request: A taco, please.
        menu_features:
          Taco: 4.5
        amenity_features:
        - Parking
        """;

    public const string Business =
        """
        id: business_1
        name: Taqueria
        description: Tacos.
        rating: 1.0
        menu_features:
          Taco: 5.05
          Salsa: 1
        amenity_features:
          Parking: true
          Music: false
        min_price_factor: 0.7
        """;

    public MagenticFolder(string customer = Customer, string business = Business)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "customers"));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "businesses"));
        Write("customers/customer_1.yaml", customer);
        Write("businesses/business_1.yaml", business);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("market-magentic-").FullName;

    public void Write(string file, string content) => File.WriteAllText(System.IO.Path.Combine(Path, file), content);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
