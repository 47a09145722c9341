using System.Threading.Channels;
using Market.Client.Connecting;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Support;

/// <summary>A market in memory whose every frame the test writes.</summary>
internal sealed class ScriptedMarket : IFrameDialer
{
    private readonly Channel<ScriptedConnection> _connections = Channel.CreateUnbounded<ScriptedConnection>();

    public MarketId Id { get; set; } = Some.Market;

    public LedgerTime Now { get; set; } = LedgerTime.FromUtc(DateTimeOffset.UtcNow);

    public int DialsRefused { get; set; }

    public Exception DialError { get; set; } = new IOException("connection refused by the test");

    public ValueTask<IFrameTransport> DialAsync(CancellationToken cancellationToken)
    {
        if (DialsRefused > 0)
        {
            DialsRefused--;
            throw DialError;
        }

        var connection = new ScriptedConnection();
        _connections.Writer.TryWrite(connection);
        return ValueTask.FromResult<IFrameTransport>(connection);
    }

    public Task<ScriptedConnection> NextConnectionAsync() => _connections.Reader.ReadAsync().AsTask().Soon();

    /// <summary>Takes the next connection through its handshake.</summary>
    public async Task<ScriptedConnection> WelcomeAsync(Agent? agent)
    {
        var connection = await NextConnectionAsync();
        connection.Send(new Hello(Id, "test", 1, Some.Nonce, Now));
        var proof = await connection.NextAsync<Authenticate>();
        connection.Answer(proof, new Welcome(agent));
        return connection;
    }

    /// <summary>A client of this market, whose agent is registered, with the connection subscribed.</summary>
    public async Task<(MarketClient Client, ScriptedConnection Connection)> ConnectAsync(
        Agent? agent = null, MarketClientOptions? options = null)
    {
        agent ??= Some.Buyer;
        var connecting = MarketClient.ConnectAsync(this, Some.Key, options ?? Some.Options(), CancellationToken.None);
        var connection = await WelcomeAsync(agent);
        await connection.SubscribeAsync();
        return (await connecting.Soon(), connection);
    }
}
