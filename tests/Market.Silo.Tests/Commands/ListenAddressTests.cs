using Market.Silo.Commands;

namespace Market.Silo.Tests.Commands;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("http://localhost:0", "127.0.0.1:0")]
    [InlineData("http://localhost", "127.0.0.1:7420")]
    [InlineData("http://127.0.0.1:80", "127.0.0.1:80")]
    [InlineData("http://[::1]:81/", "[::1]:81")]
    public void An_address_is_an_endpoint(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, isHttps: false, out var endpoint, out var error), error);
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("https://localhost", "127.0.0.1:7420")]
    [InlineData("https://127.0.0.1:443", "127.0.0.1:443")]
    public void With_tls_addresses_are_https_ones(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, isHttps: true, out var endpoint, out var error), error);
        Assert.Equal(expected, endpoint.ToString());
        Assert.False(ListenAddress.TryParse("http://127.0.0.1", isHttps: true, out _, out error));
        Assert.Contains("https://", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:80")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1/path")]
    [InlineData("http://user@127.0.0.1")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://example.org")]
    public void Anything_else_is_explained(string text)
    {
        Assert.False(ListenAddress.TryParse(text, isHttps: false, out _, out var error));
        Assert.NotEmpty(error!);
    }
}
