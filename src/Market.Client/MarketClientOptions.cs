using Market.Client.Cursors;
using Market.Client.Pending;
using Market.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Client;

/// <summary>How a <see cref="MarketClient"/> behaves. The defaults suit an agent; set what differs.</summary>
public sealed class MarketClientOptions
{
    /// <summary>Where the market is; only for <c>AddMarketClient</c>, since a call of ConnectAsync names it.</summary>
    public Uri? Address { get; set; }

    /// <summary>The file of the agent's key, made when absent; only for <c>AddMarketClient</c>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// What the key file is encrypted with; null for a file that is not. Only for <c>AddMarketClient</c>.
    /// </summary>
    public string? KeyPassphrase { get; set; }

    /// <summary>
    /// The market's certificate where this machine does not trust it anyway: a self-made one, or a private authority's.
    /// </summary>
    public TrustedCertificate? TrustedCertificate { get; set; }

    /// <summary>Which binding acts are signed.</summary>
    public SigningPolicy Signing { get; set; } = SigningPolicy.Always;

    /// <summary>
    /// Whether <see cref="MarketClient.EventsAsync"/> is used. Who turns it on must read it: where it is not read, the
    /// client stops following its negotiations once <see cref="EventsBufferedMax"/> events wait.
    /// </summary>
    public bool DeliverEvents { get; set; }

    /// <summary>
    /// Events, and negotiations opened by others, that may wait to be read before the client stops asking for more.
    /// </summary>
    public int EventsBufferedMax { get; set; } = 4_096;

    /// <summary>
    /// Where the place in the agent's events outlives the process; turns <see cref="DeliverEvents"/> on. See
    /// <see cref="ICursorStore"/>.
    /// </summary>
    public ICursorStore? CursorStore { get; set; }

    /// <summary>
    /// Where acts without an answer outlive the process, for <see cref="MarketClient.ResumePendingAsync"/>; a
    /// <see cref="FilePendingCommands"/>, for one client. Null keeps them in memory: over reconnects, and no restart.
    /// </summary>
    public IPendingCommands? PendingCommands { get; set; }

    /// <summary>How long one attempt to connect and authenticate may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long ConnectAsync keeps trying a market that cannot be reached, for agents that start before their market.
    /// Zero: one attempt. A connection that is lost later is always made again, until the client is disposed of.
    /// </summary>
    public TimeSpan ConnectPatience { get; set; } = TimeSpan.Zero;

    /// <summary>Shortest delay before connecting or sending again; it doubles, jittered, with every failure.</summary>
    public TimeSpan RetryDelayMin { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest delay before connecting or sending again.</summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests on their way at once; further ones wait in the client. A market takes up to 64.</summary>
    public int InFlightMax { get; set; } = 48;

    /// <summary>Largest frame taken from the market, in bytes: a page of a hundred large listings fits.</summary>
    public int FrameBytesMax { get; set; } = 128 * MarketLimits.FrameBytesMax;

    /// <summary>The clock that message ids and all delays use.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the client logs: lost and new connections. No texts of other agents, no keys, no terms.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Whether events are kept for the user to read.</summary>
    internal bool KeepsEvents => DeliverEvents || CursorStore is not null;

    /// <summary>A copy, checked, so that a later change by the caller changes nothing.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal MarketClientOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(EventsBufferedMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(InFlightMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameBytesMax, MarketLimits.FrameBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectPatience, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryDelayMin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelayMax, RetryDelayMin);
        return (MarketClientOptions)MemberwiseClone();
    }
}
