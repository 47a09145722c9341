using Market.Client.Pending;
using Market.Client.Telemetry;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace Market.Client.Connecting;

/// <summary>
/// Keeps one authenticated connection to the market alive: makes it again when it is lost, subscribes where the events
/// stopped, and sends again every request that has no answer yet.
/// </summary>
internal sealed partial class MarketLink : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IFrameDialer _dialer;
    private readonly AgentKey _key;
    private readonly MarketClientOptions _options;
    private readonly IEventSink _sink;
    private readonly ILogger _logger;
    private readonly Backoff _reconnecting;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop = new();
    private FrameSender? _sender;
    private IFrameTransport? _transport;
    private volatile bool _isClosing;
    private Exception? _fault;
    private Task _run = Task.CompletedTask;

    /// <summary>A link that is not connected yet; <see cref="StartAsync"/> does.</summary>
    public MarketLink(IFrameDialer dialer, AgentKey key, MarketClientOptions options, IEventSink sink)
    {
        (_dialer, _key, _options, _sink) = (dialer, key, options, sink);
        _logger = options.LoggerFactory.CreateLogger("Market.Client");
        _reconnecting = new Backoff(options.RetryDelayMin, options.RetryDelayMax);
        _slots = new SemaphoreSlim(options.InFlightMax);
        _unanswered = options.PendingCommands is { } store ? new Unanswered(store) : null;
    }

    /// <summary>What the market said of itself; set once it has.</summary>
    public Hello Hello { get; private set; } = null!;

    /// <summary>The agent of the key; null until it is registered.</summary>
    public Agent? Agent { get; private set; }

    /// <summary>The principal whose own key it is; null for an agent's key.</summary>
    public EnrolledPrincipal? Principal { get; private set; }

    /// <summary>How far the market's clock is ahead of ours.</summary>
    public TimeSpan ClockOffset { get; private set; }

    /// <summary>Whether there is a connection now.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
            {
                return _sender is not null;
            }
        }
    }

    /// <summary>Makes the first connection.</summary>
    /// <exception cref="MarketConnectionException">The market cannot be reached in the time that the options
    /// give.</exception>
    /// <exception cref="MarketRefusedException">The market refuses the key.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_unanswered is not null)
        {
            await _unanswered.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        var transport = await FirstConnectionAsync(cancellationToken).ConfigureAwait(false);
        _run = RunAsync(transport);
        _unanswered?.Check(Hello.Market, Agent?.Number, Principal?.Number);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        if (_transport is { } transport)
        {
            await transport.CloseAsync().ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        End(new ObjectDisposedException(nameof(MarketClient)));
        if (_unanswered is not null)
        {
            await _unanswered.CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task<IFrameTransport> FirstConnectionAsync(CancellationToken cancellationToken)
    {
        var start = _options.TimeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return await ConnectAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (
                Transience.IsTransient(error) && !cancellationToken.IsCancellationRequested)
            {
                if (_options.TimeProvider.GetElapsedTime(start) >= _options.ConnectPatience)
                {
                    throw error as MarketConnectionException ?? new MarketConnectionException(
                        $"The market cannot be reached: {error.Message}", error);
                }
            }

            await Task.Delay(_reconnecting.Next(), _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IFrameTransport> ConnectAsync(CancellationToken cancellationToken)
    {
        var measured = Measured.Connecting();
        try
        {
            var transport = await DialAsync(cancellationToken).ConfigureAwait(false);
            measured.Connected();
            return transport;
        }
        catch (Exception error)
        {
            measured.Failed(error);
            throw;
        }
    }

    private async Task<IFrameTransport> DialAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        IFrameTransport? transport = null;
        try
        {
            transport = await _dialer.DialAsync(both.Token).ConfigureAwait(false);
            var (hello, welcome) = await Handshake.PerformAsync(transport, _key, both.Token).ConfigureAwait(false);
            Greet(hello, welcome);
            var connected = transport;
            transport = null;
            return connected;
        }
        catch (Exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MarketConnectionException($"The market did not answer within {_options.ConnectTimeout}.");
        }
        finally
        {
            if (transport is not null)
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private void Greet(Hello hello, Welcome welcome)
    {
        if (Hello is { } before && before.Market != hello.Market)
        {
            throw new MarketConnectionException(
                $"The address leads to {hello.Market} now; this client belongs to {before.Market}.")
            { IsFinal = true };
        }

        if (Agent is not null && welcome.Agent is null)
        {
            throw new MarketConnectionException($"The market no longer knows {Agent.Number}.") { IsFinal = true };
        }

        if (Principal is not null && welcome.Principal is null)
        {
            throw new MarketConnectionException($"The key is no longer that of {Principal.Number}.") { IsFinal = true };
        }

        Hello = hello;
        Principal = welcome.Principal;
        ClockOffset = hello.At.ToUtc() - _options.TimeProvider.GetUtcNow();
        SetAgent(welcome.Agent);
    }

    private void SetAgent(Agent? agent)
    {
        if (agent is not null && Agent is null)
        {
            _sink.Begin(Hello.Market, agent);
        }

        Agent = agent ?? Agent;
    }

    private async Task RunAsync(IFrameTransport first)
    {
        try
        {
            for (var transport = first; ; transport = await ReconnectAsync().ConfigureAwait(false))
            {
                await ServeAsync(transport).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed of: DisposeAsync tells whoever still waits.
        }
        catch (Exception error)
        {
            // Nothing can come any more; whoever waits or asks later is told why.
            _logger.LogError(error, "The connection to the market has ended");
            End(error);
        }
    }

    private async Task ServeAsync(IFrameTransport transport)
    {
        await using var connection = transport.ConfigureAwait(false);
        try
        {
            _transport = transport;
            Attach(new FrameSender(transport, _logger));
            await ReceiveAsync(transport).ConfigureAwait(false);
        }
        catch (Exception error) when (Transience.IsTransient(error))
        {
            if (!_isClosing)
            {
                _logger.LogInformation("Lost the connection to the market: {Reason}", error.Message);
            }
        }
        finally
        {
            lock (_gate)
            {
                _sender = null;
            }
        }
    }

    private async Task<IFrameTransport> ReconnectAsync()
    {
        while (true)
        {
            await Task.Delay(_reconnecting.Next(), _options.TimeProvider, _stop.Token).ConfigureAwait(false);
            try
            {
                var transport = await ConnectAsync(_stop.Token).ConfigureAwait(false);
                Instruments.Reconnects.Add(1);
                return transport;
            }
            catch (Exception error) when (Transience.IsTransient(error))
            {
                _stop.Token.ThrowIfCancellationRequested();
                _logger.LogDebug(error, "The market cannot be reached yet");
            }
        }
    }

    private void End(Exception reason)
    {
        PendingRequest[] unanswered;
        lock (_gate)
        {
            if (_fault is not null)
            {
                return;
            }

            _fault = reason;
            unanswered = [.. _pending.Values];
            _pending.Clear();
        }

        foreach (var request in unanswered)
        {
            request.Fail(reason);
        }

        _sink.End(reason);
    }
}
