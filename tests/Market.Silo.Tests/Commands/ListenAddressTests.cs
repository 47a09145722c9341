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
        Assert.True(ListenAddress.TryParse(text, out var endpoint, out var error), error);
        Assert.Equal(expected, endpoint.ToString());
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
        Assert.False(ListenAddress.TryParse(text, out _, out var error));
        Assert.NotEmpty(error!);
    }
}
