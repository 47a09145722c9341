using System.Net;
using System.Net.Sockets;

namespace Market.Chaos.Killing;

/// <summary>
/// A loopback port that is free now and stays free while its server is down: one outside the range from which systems
/// take the ports of outgoing connections. Within that range a client that dials a dead server's port again and again
/// ends up connected to itself, and holds the port against the server that wants it back.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Last = 31_000;

    /// <summary>A port that nobody listens on.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's; another one is tried.
            }
        }
    }
}
