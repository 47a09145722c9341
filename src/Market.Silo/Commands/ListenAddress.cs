using System.Net;

namespace Market.Silo.Commands;

/// <summary>Reads the addresses on which a server is told to listen.</summary>
internal static class ListenAddress
{
    /// <summary>An address such as http://127.0.0.1:7420 as an endpoint.</summary>
    /// <param name="text">The address; without a port the default one is meant, and port 0 takes a free one.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="isHttps">Whether the server speaks TLS, so that addresses are https ones.</param>
    /// <param name="error">What is wrong and what would be right; null where nothing is.</param>
    public static bool TryParse(string text, bool isHttps, out IPEndPoint endpoint, out string? error)
    {
        var scheme = isHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        endpoint = new IPEndPoint(IPAddress.Loopback, MarketSiloOptions.DefaultPort);
        error = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            error = $"'{text}' is no address; write one such as {scheme}://127.0.0.1:{MarketSiloOptions.DefaultPort}.";
        }
        else if (uri.Scheme != scheme)
        {
            error = uri.Scheme == Uri.UriSchemeHttps
                ? $"'{text}' asks for https; add --https, or write http://."
                : $"'{text}' asks for {uri.Scheme}; with --https write https://, and http:// without it.";
        }
        else if (uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            error = $"'{text}' has more than scheme, address and port; remove the rest.";
        }
        else if (!TryParseHost(uri, out var address))
        {
            error = $"'{uri.Host}' is no IP address; write localhost, 127.0.0.1, [::1] or an address of this machine.";
        }
        else
        {
            var hasPort = !uri.IsDefaultPort || text.TrimEnd('/').EndsWith(
                isHttps ? ":443" : ":80", StringComparison.Ordinal);
            endpoint = new IPEndPoint(address, hasPort ? uri.Port : MarketSiloOptions.DefaultPort);
        }

        return error is null;
    }

    private static bool TryParseHost(Uri uri, out IPAddress address)
    {
        if (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            address = IPAddress.Loopback;
            return true;
        }

        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out address!);
    }
}
