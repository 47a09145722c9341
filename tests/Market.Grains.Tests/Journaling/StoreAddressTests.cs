using Market.Grains.Journaling;
using Npgsql;

namespace Market.Grains.Tests.Journaling;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("postgres://ann:p%40ss@db.example:6000/shop?sslmode=require", "postgres://ann@db.example:6000/shop")]
    [InlineData("postgresql://ann:p@ss@db.example/shop", "postgres://ann@db.example:5432/shop")]
    [InlineData("POSTGRES://db.example/shop", "postgres://db.example:5432/shop")]
    [InlineData("postgres://ann:secret@[::1]:6000/shop", "postgres://ann@[::1]:6000/shop")]
    [InlineData("Host=db.example;Username=ann;Password=secret;Database=shop", "postgres://ann@db.example:5432/shop")]
    [InlineData("postgres:///shop?host=/run/pg&user=ann", "postgres://ann@/shop?host=/run/pg&port=5432")]
    public void A_database_is_shown_without_its_password(string text, string shown)
    {
        var address = StoreAddress.Parse(text);

        Assert.True(address.IsPostgres);
        Assert.Equal(shown, address.ToString());
    }

    [Fact]
    public void Every_part_of_an_address_reaches_the_driver()
    {
        var builder = new NpgsqlConnectionStringBuilder(StoreAddress.Parse(
            "postgres://a%20nn:p%40s%3Bs@db.example:6000/sh%2Fop?sslmode=verify-full&sslrootcert=/ca.pem" +
            "&connect_timeout=7&application_name=desk&target_session_attrs=read-write").ConnectionString);

        Assert.Equal(("a nn", "p@s;s"), (builder.Username, builder.Password));
        Assert.Equal(("db.example", 6000, "sh/op"), (builder.Host, builder.Port, builder.Database));
        Assert.Equal((SslMode.VerifyFull, "/ca.pem", 7), (builder.SslMode, builder.RootCertificate, builder.Timeout));
        Assert.Equal(("desk", "read-write"), (builder.ApplicationName, builder.TargetSessionAttributes));
    }

    [Theory]
    [InlineData("./market-data")]
    [InlineData("/srv/market=1")]
    [InlineData("C:\\market")]
    public void Anything_else_is_a_folder(string text)
    {
        var address = StoreAddress.Parse(text);

        Assert.False(address.IsPostgres);
        Assert.Equal(text, address.Folder);
        Assert.Throws<InvalidOperationException>(() => address.ConnectionString);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("mysql://ann:secret@db.example/shop", "its scheme is not known")]
    [InlineData("postgres://ann:secret@db.example:port/shop", "its port must be a number from 1 to 65535")]
    [InlineData("postgres://ann:secret@db.example:70000/shop", "its port must be a number from 1 to 65535")]
    [InlineData("postgres://ann:secret@db.example", "it names no database")]
    [InlineData("postgres://ann:secret@/shop", "it names no host")]
    [InlineData("postgres://ann:secret@db.example/shop?sslmode=no", "its sslmode must be disable")]
    [InlineData("postgres://ann:secret@db.example/shop?fsync=off", "the key 'fsync' is not known")]
    [InlineData("postgres://ann:secret@db.example/shop?sslmode", "key=value pairs")]
    [InlineData("postgres://ann:secret@db.example/shop?connect_timeout=long", "its connect_timeout must be")]
    [InlineData("Host=db.example;Password=secret;Port=many;Database=shop", "a key or value")]
    [InlineData("Host=db.example;Password=secret;Colour=red;Database=shop", "a key or value")]
    public void What_is_wrong_is_said_in_one_line_without_the_password(string text, string finding)
    {
        var error = Assert.Throws<StoreAddressException>(() => StoreAddress.Parse(text));

        Assert.Contains(finding, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
