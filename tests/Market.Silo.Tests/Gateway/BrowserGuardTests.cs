using Market.Silo.Gateway;
using Microsoft.AspNetCore.Http;

namespace Market.Silo.Tests.Gateway;

/// <summary>Which names and which pages reach a market; null stands for a request without an origin.</summary>
public sealed class BrowserGuardTests
{
    [Theory]
    [InlineData("localhost:7420", null, true)]
    [InlineData("127.0.0.1:7420", "http://127.0.0.1:7420", true)]
    [InlineData("[::1]:7420", "http://[::1]:7420", true)]
    [InlineData("LOCALHOST", "http://localhost", true)]
    [InlineData("evil.example", null, false)] // a page's own name that leads to loopback
    [InlineData("10.0.0.1", null, false)]
    [InlineData("localhost:7420", "http://localhost:7421", false)]
    [InlineData("localhost:7420", "http://evil.example:7420", false)]
    [InlineData("localhost:7420", "null", false)]
    [InlineData("localhost:7420", "file://", false)]
    public void A_market_on_loopback_answers_to_loopbacks_names(string host, string? origin, bool expected) =>
        AssertTaken(expected, new BrowserGuard([], loopbackOnly: true), host, origin);

    [Theory]
    [InlineData("market.example", null, true)]
    [InlineData("market.example:443", "https://market.example", true)]
    [InlineData("Market.Example.", "https://market.example", true)]
    [InlineData("203.0.113.7:7420", "https://203.0.113.7:7420", true)]
    [InlineData("localhost:7420", null, true)]
    [InlineData("evil.example", null, false)]
    [InlineData("evil.example", "https://evil.example", false)]
    [InlineData("market.example", "https://evil.example", false)]
    [InlineData("market.example", "http://market.example:443", false)] // a page without TLS is another origin
    [InlineData("market.example", "https://market.example:8443", false)]
    public void A_market_with_names_answers_to_them_and_to_their_pages(string host, string? origin, bool expected) =>
        AssertTaken(expected, new BrowserGuard(["market.example"], loopbackOnly: false), host, origin, "https");

    [Theory]
    [InlineData("any.example", null, true)]
    [InlineData("any.example", "http://any.example", false)] // by DNS rebinding any page has the server's name
    [InlineData("203.0.113.7", "http://203.0.113.7", true)]
    public void A_market_that_others_reach_without_a_name_takes_programs_but_no_named_pages(
        string host, string? origin, bool expected) =>
        AssertTaken(expected, new BrowserGuard([], loopbackOnly: false), host, origin);

    [Fact]
    public void Behind_a_proxy_that_adds_tls_pages_have_its_scheme() =>
        AssertTaken(
            true,
            new BrowserGuard(["market.example"], loopbackOnly: false),
            "market.example",
            "https://market.example");

    private static void AssertTaken(
        bool expected, BrowserGuard guard, string host, string? origin, string scheme = "http")
    {
        var context = new DefaultHttpContext { Request = { Scheme = scheme, Host = new HostString(host) } };
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        Assert.Equal(expected, guard.Refuse(context.Request) is null);
    }
}
