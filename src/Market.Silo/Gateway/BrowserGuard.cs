using System.Net;

namespace Market.Silo.Gateway;

/// <summary>
/// Keeps foreign web pages out: a browser names the page's origin, which must be this server's; and a server that
/// listens on loopback only answers only to loopback's names, so that no page reaches it by a name of its own (DNS
/// rebinding).
/// </summary>
/// <param name="loopbackOnly">Whether the server listens on loopback only, and no proxy stands before it.</param>
internal sealed class BrowserGuard(bool loopbackOnly)
{
    /// <summary>Why a request is refused; null where it is not.</summary>
    public string? Refuse(HttpRequest request)
    {
        if (loopbackOnly && !IsLoopback(request.Host.Host))
        {
            return "This market answers to loopback's names only.";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && (!Uri.TryCreate(origin, UriKind.Absolute, out var page)
                || !string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
            ? "Pages of other origins may not connect."
            : null;
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
