using System.Runtime.CompilerServices;
using Market.Client.Connecting;
using Market.Client.Cursors;
using Market.Client.Following;
using Market.Domain;
using Market.Domain.Enrolling;

namespace Market.Client;

/// <summary>
/// An agent's connection to a market. It connects again by itself, sends what has no answer yet again with the same
/// message ids, and follows the agent's negotiations, so that each event counts exactly once. Safe for many threads.
/// </summary>
/// <example>
/// A buyer: <code>
/// using var key = AgentKey.LoadOrCreate("alice.key");
/// await using var market = await MarketClient.ConnectAsync(new Uri("http://127.0.0.1:7420"), key);
/// await market.RegisterBuyerAsync("Alice's shopper", "alice", new Disclosure("Alice", "negmas:Linear", "1"));
/// await foreach (var listing in market.SearchAsync(new ListingQuery { Category = "espresso machine" }))
/// {
///     var negotiation = await market.OpenAsync(listing);
///     var result = await negotiation.RunAsync(strategy);
/// }
/// </code></example>
public sealed partial class MarketClient : IAsyncDisposable
{
    private readonly MarketClientOptions _options;
    private readonly NegotiationContext _context;
    private readonly NegotiationBook _book;
    private readonly MarketLink _link;

    private MarketClient(IFrameDialer dialer, AgentKey key, MarketClientOptions options)
    {
        _options = options;
        _context = new NegotiationContext(key, options);
        _book = new NegotiationBook(_context, options.EventsBufferedMax, options.KeepsEvents);
        _link = new MarketLink(dialer, key, options, _book);
        _context.Link = _link;
    }

    /// <summary>The market; part of everything that is signed.</summary>
    public MarketId Market => _link.Hello.Market;

    /// <summary>
    /// The key that signs the market's receipts, as the market says: SubjectPublicKeyInfo, DER; for
    /// <see cref="MarketKey.FromPublicKey"/> and <see cref="ReceiptVerifier"/>. Empty where the market does not say.
    /// </summary>
    public ReadOnlyMemory<byte> ReceiptKey => _link.Hello.ReceiptKey;

    /// <summary>What people call the market.</summary>
    public string MarketName => _link.Hello.Name;

    /// <summary>The agent of the key; null until it is registered, in this session or an earlier one.</summary>
    public Agent? Agent => _link.Agent;

    /// <summary>
    /// Whether there is a connection at this moment. Calls wait for one; there is no need to look here first.
    /// </summary>
    public bool IsConnected => _link.IsConnected;

    /// <summary>
    /// The negotiations that have not ended, whoever opened them, as far as their events have come: after a start the
    /// market sends all of the agent's events again, and this fills up.
    /// </summary>
    public IReadOnlyCollection<Negotiation> LiveNegotiations => _book.Live;

    /// <summary>Connects to a market and proves the key.</summary>
    /// <param name="market">Its address, for example http://127.0.0.1:7420 or wss://market.example/ws.</param>
    /// <param name="key">The agent's key; stays the caller's to dispose of, after the client.</param>
    /// <param name="options">What differs from the defaults, or null.</param>
    /// <param name="cancellationToken">Stops connecting; has no effect later.</param>
    /// <exception cref="MarketConnectionException">There is no market there, or none of this version.</exception>
    /// <exception cref="MarketRefusedException">The market refuses the key.</exception>
    /// <exception cref="ArgumentException">The address or an option is none.</exception>
    public static Task<MarketClient> ConnectAsync(
        Uri market, AgentKey key, MarketClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var used = (options ?? new MarketClientOptions()).Checked();
        var dialer = new WebSocketDialer(market, used.FrameBytesMax, used.TrustedCertificate);
        return ConnectAsync(dialer, key, used, cancellationToken);
    }

    /// <summary>
    /// Negotiations that others open with this agent, each once, for as long as the client lives; purchases at the
    /// posted
    /// price too, which are over when they come. After a start also those that were opened before and are not marked as
    /// read by a <see cref="ICursorStore"/>. For one reader.
    /// </summary>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public async IAsyncEnumerable<Negotiation> NegotiationsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var negotiation in _book.Invitations.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            _link.ResumeIfPaused();
            yield return negotiation;
        }
    }

    /// <summary>
    /// Every event of every negotiation of the agent, once and in order; with a <see cref="ICursorStore"/> those that
    /// no
    /// earlier process has read. Needs <see cref="MarketClientOptions.DeliverEvents"/>. For one reader.
    /// </summary>
    /// <exception cref="InvalidOperationException">The options do not ask for events.</exception>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public async IAsyncEnumerable<MarketEvent> EventsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!_options.KeepsEvents)
        {
            throw new InvalidOperationException($"Set {nameof(MarketClientOptions.DeliverEvents)} to be given events.");
        }

        await foreach (var @event in _book.Events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            _link.ResumeIfPaused();
            yield return @event;
            if (_options.CursorStore is { } store)
            {
                var read = new StoredCursor(Market, Agent!.Number, @event.Cursor);
                await store.SaveAsync(read, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// The agent's events that are no negotiation's, in order, each at least once: after a start those again that came
    /// before. Only the latest are kept for who reads late. For one reader.
    /// </summary>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public async IAsyncEnumerable<MarketNotice> NoticesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var notice in _book.Notices.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return notice;
        }
    }

    /// <summary>
    /// Ends the connection. Who still waits gets an <see cref="ObjectDisposedException"/>; acts already sent may count.
    /// </summary>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    /// <summary>Connects over any transport.</summary>
    internal static async Task<MarketClient> ConnectAsync(
        IFrameDialer dialer, AgentKey key, MarketClientOptions options, CancellationToken cancellationToken)
    {
        var client = new MarketClient(dialer, key, options);
        try
        {
            if (options.CursorStore is { } store
                && await store.LoadAsync(cancellationToken).ConfigureAwait(false) is { } stored)
            {
                client._book.SkipTo(stored);
            }

            await client._link.StartAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
