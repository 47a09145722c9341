using System.Net;
using System.Net.Sockets;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// A network between a journal and its server that a test can cut, in one direction or both (F13).
/// </summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<(TcpClient Client, TcpClient Server)> _open = [];
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile bool _dropsAnswers;
    private volatile bool _refuses;

    public PostgresProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public static PostgresProxy To(int serverPort) => new(serverPort);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on what the server says is lost, on the connections that are open.</summary>
    public void DropAnswers() => _dropsAnswers = true;

    /// <summary>From now on nobody gets through.</summary>
    public void Refuse() => _refuses = true;

    /// <summary>Ends the connections that are open, and lets new ones work.</summary>
    public void Cut(bool isForGood = false)
    {
        lock (_gate)
        {
            foreach (var (client, server) in _open)
            {
                client.Client.Close(0); // the client hears at once
                if (!isForGood)
                {
                    continue;
                }

                server.Client.Close(0);
            }

            _open.Clear();
        }

        _dropsAnswers = false;
        _refuses = isForGood;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        lock (_gate)
        {
            _open.ForEach(pair => { pair.Client.Dispose(); pair.Server.Dispose(); });
        }

        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_closing.Token);
            if (_refuses)
            {
                client.Dispose();
                continue;
            }

            var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _closing.Token);
            lock (_gate)
            {
                _open.Add((client, server));
            }

            var isOld = false;
            _ = CopyAsync(client, server, () => false);
            _ = CopyAsync(server, client, () => isOld |= _dropsAnswers);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Func<bool> isDropped)
    {
        var buffer = new byte[65_536];
        try
        {
            for (int read; (read = await from.GetStream().ReadAsync(buffer, _closing.Token)) > 0;)
            {
                if (!isDropped())
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _closing.Token);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException)
        {
            // The connection was cut, which is what this is for.
        }
    }
}
