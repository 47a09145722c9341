using System.Net;
using System.Net.Sockets;

namespace Market.Orleans.Tests;

/// <summary>Ports of the loopback address that nobody has now.</summary>
internal static class FreePorts
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
