using System.Globalization;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Hears when other silos have committed: by the server's notifications at once, and by asking for the head where none
/// has come for a while. It knows positions only; whoever is told reads the rows.
/// </summary>
internal sealed class PostgresListener : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromMilliseconds(200);

    private readonly PostgresSource _source;
    private readonly Func<long> _ownPermit;
    private readonly Action<long> _onHead;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _listening;

    /// <summary>Begins to listen.</summary>
    /// <param name="source">The database.</param>
    /// <param name="ownPermit">The permit whose commits are no news.</param>
    /// <param name="onHead">Told of a position that is committed; quick, never throws.</param>
    public PostgresListener(PostgresSource source, Func<long> ownPermit, Action<long> onHead)
    {
        _source = source;
        _ownPermit = ownPermit;
        _onHead = onHead;
        _listening = Task.Run(ListenAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(_closing.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (PostgresErrors.IsOfStorage(error))
            {
                await Task.Delay(PauseAfterLoss, _closing.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenAsync(cancellationToken).ConfigureAwait(false);
        connection.Notification += (_, notification) => Take(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN market_head", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await using var ask = new NpgsqlCommand("SELECT position FROM market.head", connection);
        while (true)
        {
            _onHead((long)(await ask.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
            while (await connection.WaitAsync(_source.Options.PollInterval, cancellationToken).ConfigureAwait(false))
            {
                // Take has been told; only where nothing came for a while is the head asked for.
            }
        }
    }

    private void Take(string payload)
    {
        if (payload.Split(' ') is [var position, var permit] &&
            long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var head) &&
            permit != _ownPermit().ToString(CultureInfo.InvariantCulture))
        {
            _onHead(head);
        }
    }
}
