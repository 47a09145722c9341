using Market.Silo.Commands.Demo.Magentic;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>What the loader reads, and what it says about data that it cannot use.</summary>
public sealed class MagenticLoadTests
{
    [Fact]
    public void A_market_is_read_with_prices_in_whole_cents()
    {
        using var folder = new MagenticFolder();
        var market = MagenticMarket.Load(folder.Path);
        var customer = Assert.Single(market.Customers);
        var business = Assert.Single(market.Businesses);

        Assert.Equal(
            new MagenticCustomerProfile(new MagenticId("customer_1"), "Ann", "A taco, please.", ["Taco"], ["Parking"]),
            customer.Profile);
        Assert.Equal(900, customer.Secret.WorthCents);
        Assert.Equal([new MagenticLine("Taco", 505), new MagenticLine("Salsa", 100)], business.Profile.Menu);
        Assert.Equal("Parking", Assert.Single(business.Profile.Amenities));
        Assert.Equal(605, business.Profile.PostedTotalCents(["Salsa", "Taco"]));
        Assert.True(business.Profile.Serves(customer.Profile));
    }

    [Fact]
    public void A_floor_is_rounded_up_and_exact()
    {
        // 0.7 × 505 = 353.5; 0.7 × 510 = 357 exactly, where binary arithmetic would come out above 357 and round up.
        var secret = new MagenticBusinessSecret(0.7m);
        Assert.Equal(354, secret.FloorCents(505));
        Assert.Equal(357, secret.FloorCents(510));
        Assert.Equal(29, new MagenticBusinessSecret(0.29m).FloorCents(100));
    }

    [Fact]
    public void A_business_serves_only_with_every_item_and_every_amenity()
    {
        using var folder = new MagenticFolder();
        var market = MagenticMarket.Load(folder.Path);
        var customer = market.Customers[0].Profile;
        var business = market.Businesses[0].Profile;
        Assert.False(business.Serves(customer with { Items = ["Taco", "Mole"] }));
        Assert.False(business.Serves(customer with { Amenities = ["Parking", "Music"] }));
        Assert.True(business.Serves(customer with { Amenities = [] }));
        Assert.Throws<ArgumentException>(() => business.PostedTotalCents(["Mole"]));
    }

    [Theory]
    [InlineData("name: Ann", "name:", 2, "'name' must be a text")]
    [InlineData("name: Ann\n", "", 1, "the field 'name' is missing")]
    [InlineData("Taco: 4.5", "Taco: -4.5", 5, "the price of 'Taco' is -4.5; it must not be negative")]
    [InlineData("Taco: 4.5", "Taco: 4.505", 5, "at most two decimals")]
    [InlineData("Taco: 4.5", "Taco: 99999999999999999999", 5, "at most two decimals")]
    [InlineData("Taco: 4.5", "Taco: cheap", 5, "it must be a number")]
    [InlineData("Taco: 4.5", "Taco: [1]", 5, "the price of 'Taco' must be a text")]
    [InlineData("  Taco: 4.5", "  {}", 5, "'menu_features' is empty")]
    [InlineData("  Taco: 4.5", "  - Taco", 5, "'menu_features' must hold names with values")]
    [InlineData("- Parking", "  Parking: true", 7, "'amenity_features' must be a list")]
    [InlineData("  Taco: 4.5", "  Taco: 4.5\n  Taco: 5", 6, "not valid YAML")]
    [InlineData("name: Ann", "name: 'Ann", 2, "not valid YAML")]
    public void A_wrong_customer_is_named_with_its_line(string right, string wrong, int line, string problem)
    {
        using var folder = new MagenticFolder(customer: Replace(MagenticFolder.Customer, right, wrong));
        AssertRefused(folder, Path.Combine("customers", "customer_1.yaml"), line, problem);
    }

    [Theory]
    [InlineData("Taco: 5.05", "Taco: 0", 6, "the least is 1 cent")]
    [InlineData("Parking: true", "Parking: maybe", 9, "'Parking' is 'maybe'; it must be true or false")]
    [InlineData("min_price_factor: 0.7", "min_price_factor: 1.01", 11, "it must be from 0 to 1")]
    [InlineData("\nmin_price_factor: 0.7", "", 1, "the field 'min_price_factor' is missing")]
    public void A_wrong_business_is_named_with_its_line(string right, string wrong, int line, string problem)
    {
        using var folder = new MagenticFolder(business: Replace(MagenticFolder.Business, right, wrong));
        AssertRefused(folder, Path.Combine("businesses", "business_1.yaml"), line, problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a list")]
    public void A_file_that_holds_no_fields_is_named(string content)
    {
        using var folder = new MagenticFolder(customer: content);
        AssertRefused(folder, Path.Combine("customers", "customer_1.yaml"), 1, "the file must hold fields");
    }

    [Fact]
    public void Two_files_with_one_id_are_refused()
    {
        using var folder = new MagenticFolder();
        folder.Write("businesses/business_2.yaml", MagenticFolder.Business);
        AssertRefused(folder, Path.Combine("businesses", "business_2.yaml"), 1, "'business_1' is that of another file");
    }

    [Fact]
    public void A_missing_or_empty_folder_is_named()
    {
        using var folder = new MagenticFolder();
        var absent = Path.Combine(folder.Path, "absent");
        Assert.Equal(absent, Assert.Throws<MagenticDataException>(() => MagenticMarket.Load(absent)).Path);

        File.Delete(Path.Combine(folder.Path, "customers", "customer_1.yaml"));
        AssertRefused(folder, "customers", null, "no file that ends in .yaml");

        Directory.Delete(Path.Combine(folder.Path, "customers"));
        AssertRefused(folder, "customers", null, "there is no such folder");
    }

    private static string Replace(string text, string right, string wrong)
    {
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static void AssertRefused(MagenticFolder folder, string path, int? line, string problem)
    {
        var refusal = Assert.Throws<MagenticDataException>(() => MagenticMarket.Load(folder.Path));
        Assert.Equal(Path.Combine(folder.Path, path), refusal.Path);
        Assert.Equal(line, refusal.Line);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith(refusal.Path, refusal.Message, StringComparison.Ordinal);
    }
}
