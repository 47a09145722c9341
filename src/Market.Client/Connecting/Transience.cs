using System.Net.WebSockets;
using Market.Domain.Wire;

namespace Market.Client.Connecting;

/// <summary>
/// Which failures of a connection are worth another attempt; all others are final, or bugs, and end the client.
/// </summary>
internal static class Transience
{
    /// <summary>
    /// Whether connecting again may help. A cancellation is one of somebody else's time-outs, on the way through
    /// sockets, handlers and proxies; whoever has a token of its own looks at that first.
    /// </summary>
    public static bool IsTransient(Exception error) => error switch
    {
        MarketConnectionException connection => !connection.IsFinal,
        MarketRefusedException refused => refused.Refused.MustAskAgain,
        WebSocketException or IOException or HttpRequestException or System.Net.Sockets.SocketException => true,
        WireFormatException or OperationCanceledException or TimeoutException => true,
        _ => false,
    };
}
