using System.Net;
using System.Net.Sockets;

namespace Market.Client.Testing.Tests.Killing;

/// <summary>
/// A wire between agents and a market that can keep what agents send, beyond their death, and deliver it late.
/// </summary>
internal sealed class HoldingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Route> _routes = [];
    private readonly int _marketPort;
    private readonly Task _accepting;

    public HoldingProxy(Uri market)
    {
        _marketPort = market.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where agents connect.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>From now on keeps what agents that are connected send; ends when something is kept.</summary>
    public Task HoldAsync()
    {
        lock (_gate)
        {
            return Task.WhenAny(_routes.Select(static route => route.Hold())).Soon();
        }
    }

    /// <summary>Delivers all that is kept.</summary>
    public async Task ReleaseAsync()
    {
        Route[] routes;
        lock (_gate)
        {
            routes = [.. _routes];
        }

        foreach (var route in routes)
        {
            await route.ReleaseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.Soon();
        foreach (var route in _routes)
        {
            await route.DisposeAsync();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var agent = await _listener.AcceptTcpClientAsync(_stop.Token);
                var market = new TcpClient();
                await market.ConnectAsync(IPAddress.Loopback, _marketPort, _stop.Token);
                lock (_gate)
                {
                    _routes.Add(new Route(agent, market));
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed of.
        }
    }

    /// <summary>One agent's connection. The market's side stays open when the agent has died.</summary>
    private sealed class Route : IAsyncDisposable
    {
        private readonly TcpClient _agent;
        private readonly TcpClient _market;
        private readonly SemaphoreSlim _turn = new(1);
        private readonly MemoryStream _kept = new();
        private readonly Task _pumping;
        private TaskCompletionSource? _held;

        public Route(TcpClient agent, TcpClient market)
        {
            (_agent, _market) = (agent, market);
            _pumping = Task.WhenAll(ToMarketAsync(), ToAgentAsync());
        }

        public Task Hold()
        {
            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _held.Task;
        }

        public async Task ReleaseAsync()
        {
            await _turn.WaitAsync();
            try
            {
                _held = null;
                await _market.GetStream().WriteAsync(_kept.ToArray());
                _kept.SetLength(0);
            }
            finally
            {
                _turn.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            _agent.Dispose();
            _market.Dispose();
            await _pumping.Soon();
        }

        private async Task ToMarketAsync()
        {
            var buffer = new byte[64 * 1024];
            while (await ReadAsync(_agent, buffer) is > 0 and var count)
            {
                await _turn.WaitAsync();
                try
                {
                    if (_held is { } held)
                    {
                        _kept.Write(buffer, 0, count);
                        held.TrySetResult();
                    }
                    else
                    {
                        await WriteAsync(_market, buffer.AsMemory(0, count));
                    }
                }
                finally
                {
                    _turn.Release();
                }
            }
        }

        private async Task ToAgentAsync()
        {
            var buffer = new byte[64 * 1024];
            while (await ReadAsync(_market, buffer) is > 0 and var count)
            {
                await WriteAsync(_agent, buffer.AsMemory(0, count));
            }
        }

        // A side that is gone reads nothing and takes nothing; the other one goes on.
        private static async Task<int> ReadAsync(TcpClient from, byte[] buffer)
        {
            try
            {
                return await from.GetStream().ReadAsync(buffer);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
            {
                return 0;
            }
        }

        private static async Task WriteAsync(TcpClient to, ReadOnlyMemory<byte> bytes)
        {
            try
            {
                await to.GetStream().WriteAsync(bytes);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The other side has died, as these tests want it.
            }
        }
    }
}
