using Microsoft.Extensions.Options;

namespace Market.Client.Hosting;

/// <summary>
/// One client of a host, connected when it is first asked for, since a constructor cannot wait; nothing runs before.
/// The host disposes of it. Made by <see cref="MarketClientServiceCollectionExtensions"/>. Safe for many threads.
/// </summary>
public sealed class MarketClientProvider : IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly MarketClientOptions _options;
    private AgentKey? _key;
    private MarketClient? _client;
    private bool _isDisposed;

    /// <summary>A provider with a host's options.</summary>
    public MarketClientProvider(IOptions<MarketClientOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
    }

    /// <summary>The client; connects on the first call, and again on the next one where that failed.</summary>
    /// <exception cref="MarketConnectionException">The market cannot be reached.</exception>
    /// <exception cref="MarketRefusedException">The market refuses the key.</exception>
    /// <exception cref="AgentKeyException">The key file cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The options name no address or no key file.</exception>
    public async ValueTask<MarketClient> GetAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var address = _options.Address ?? throw Missing(nameof(MarketClientOptions.Address));
            _key ??= AgentKey.LoadOrCreate(
                _options.KeyFile ?? throw Missing(nameof(MarketClientOptions.KeyFile)), _options.KeyPassphrase);
            return _client ??= await MarketClient.ConnectAsync(address, _key, _options, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            if (_client is not null)
            {
                await _client.DisposeAsync().ConfigureAwait(false);
            }

            _key?.Dispose();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>As <see cref="DisposeAsync"/>; for hosts that are not disposed of asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static InvalidOperationException Missing(string option) =>
        new($"AddMarketClient needs {nameof(MarketClientOptions)}.{option}.");
}
