using System.Net;

namespace Market.Silo.Gateway;

/// <summary>
/// Keeps foreign web pages out. A browser names the page's origin, which must be this server's. And a page may come by
/// a name of its own that leads here (DNS rebinding), so a name must be one that the operator has given or loopback's;
/// addresses lead nowhere else. Without given names a server that others reach takes any name, but no page of one.
/// </summary>
/// <param name="hosts">The names by which others reach the server.</param>
/// <param name="loopbackOnly">Whether the server listens on loopback only, and no proxy stands before it.</param>
internal sealed class BrowserGuard(IReadOnlyCollection<string> hosts, bool loopbackOnly)
{
    private readonly HashSet<string> _hosts = new(hosts.Select(Plain), StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a request is refused; null where it is not.</summary>
    public string? Refuse(HttpRequest request)
    {
        var host = Plain(request.Host.Host);
        var isKnown = IsLoopback(host) || _hosts.Contains(host);
        if (!isKnown && (loopbackOnly || (_hosts.Count > 0 && !IPAddress.TryParse(host, out _))))
        {
            return _hosts.Count == 0
                ? "This market answers to loopback's names only."
                : "This market answers to the names that it was given (--host) only.";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 ? null
            : !IsOrigin(origin, host, request) ? "Pages of other origins may not connect."
            : !isKnown && !IPAddress.TryParse(host, out _) ? "Pages need a market that was given its name (--host)."
            : null;
    }

    private static bool IsOrigin(string origin, string host, HttpRequest request)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page)
            || !string.Equals(Plain(page.Host), host, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // A proxy may add TLS before a plain server; before one with TLS nothing takes it away.
        return (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && !request.IsHttps))
            && page.Port == (request.Host.Port ?? (page.Scheme == Uri.UriSchemeHttps ? 443 : 80));
    }

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.');

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
