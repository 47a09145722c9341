using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile;

/// <summary>Stands for an answer that never came, since the connection ended.</summary>
/// <param name="Reason">What the market said last or in its closing frame; empty where it said nothing.</param>
internal sealed record ConnectionEnded(string Reason);

/// <summary>The market takes no connection now: too many are open, or begin too fast.</summary>
internal sealed class NotAdmittedException(Exception inner) : Exception("The market takes no connection now.", inner);

/// <summary>
/// A program on the bare wire: a WebSocket, the codec and a key. It does what an honest client would not: sends any
/// bytes, signs anything, and reads only where it wants to.
/// </summary>
internal sealed class WireAgent : IAsyncDisposable
{
    private const string Subprotocol = "market.v1.msgpack";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<object>> _asked = new();
    private readonly Channel<object> _notices = Channel.CreateUnbounded<object>();
    private readonly TaskCompletionSource<ConnectionEnded> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task _reading = Task.CompletedTask;
    private string _lastWord = "";
    private uint _correlation;

    private WireAgent(ECDsa? key) => Key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Its key.</summary>
    public ECDsa Key { get; }

    /// <summary>What the market said first.</summary>
    public Hello Hello { get; private set; } = null!;

    /// <summary>Who it is; null before it has registered.</summary>
    public Agent? Agent { get; private set; }

    /// <summary>What came without being an answer.</summary>
    public ChannelReader<object> Notices => _notices.Reader;

    /// <summary>Completes with the connection's end.</summary>
    public Task<ConnectionEnded> Ended => _ended.Task;

    /// <summary>Connects and reads the market's challenge; nothing is proved yet.</summary>
    /// <param name="uri">The market's WebSocket address.</param>
    /// <param name="key">Its key, or null for a new one.</param>
    /// <param name="receiveBuffer">Bytes of its socket's receive buffer; 0 for the system's default.</param>
    /// <exception cref="NotAdmittedException">The market takes no connection now.</exception>
    public static async Task<WireAgent> ConnectAsync(Uri uri, ECDsa? key = null, int receiveBuffer = 0)
    {
        var agent = new WireAgent(key);
        agent._socket.Options.AddSubProtocol(Subprotocol);
        agent._socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        agent._socket.Options.CollectHttpResponseDetails = true;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (receiveBuffer > 0)
                {
                    socket.ReceiveBufferSize = receiveBuffer;
                }

                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await agent._socket.ConnectAsync(uri, invoker, timeout.Token);
        }
        catch (WebSocketException error) when (agent._socket.HttpStatusCode is HttpStatusCode.TooManyRequests
            or HttpStatusCode.ServiceUnavailable)
        {
            await agent.DisposeAsync();
            throw new NotAdmittedException(error);
        }

        agent.Hello = await agent.ReceiveAsync() is (_, Hello hello)
            ? hello
            : throw new InvalidOperationException("The market did not begin with its challenge.");
        return agent;
    }

    /// <summary>Connects and proves its key.</summary>
    public static async Task<WireAgent> AuthenticateAsync(
        Uri uri, ECDsa? key = null, bool reads = true, int receiveBuffer = 0)
    {
        var agent = await ConnectAsync(uri, key, receiveBuffer);
        await agent.SendAsync(FrameOf(1, agent.Proof()));
        agent.Agent = await agent.ReceiveAsync() is (_, Welcome welcome)
            ? welcome.Agent
            : throw new InvalidOperationException($"The market did not welcome: {agent._lastWord}");
        if (reads)
        {
            agent.StartReading();
        }

        return agent;
    }

    /// <summary>Connects, proves its key and registers it for a principal of its own.</summary>
    public static async Task<WireAgent> RegisterAsync(Uri uri, AgentRole role, string principal)
    {
        var agent = await AuthenticateAsync(uri);
        agent.Agent = await agent.AskAsync(agent.Enrol(Wares.Profile(role, principal))) is Welcome welcome
            ? welcome.Agent
            : throw new InvalidOperationException($"The market did not register '{principal}'.");
        return agent;
    }

    /// <summary>Its proof of the key for a challenge: this connection's, or any other.</summary>
    public Authenticate Proof(ReadOnlyMemory<byte>? nonce = null, MarketId? market = null) => new(
        Key.ExportSubjectPublicKeyInfo(),
        Sign(SignedPayload.ForSession(market ?? Hello.Market, (nonce ?? Hello.Nonce).Span)));

    /// <summary>A registration with an enrolment by its own key, as one that is its own principal.</summary>
    public Register Enrol(AgentProfile profile) => new(profile, Enrolment(profile));

    /// <summary>An enrolment signed by its key.</summary>
    /// <param name="profile">What it says of the agent.</param>
    /// <param name="market">For which market; this one by default.</param>
    /// <param name="age">How long ago it began; it holds for an hour.</param>
    public SignedEnrolment Enrolment(
        AgentProfile profile, MarketId? market = null, TimeSpan age = default)
    {
        var document = WireFormat.Encode(new Enrolment(
            Hash256.Of(Key.ExportSubjectPublicKeyInfo()), profile, Hello.At + -age,
            Hello.At + -age + TimeSpan.FromHours(1)));
        return new SignedEnrolment(
            document, Key.ExportSubjectPublicKeyInfo(),
            Sign(SignedPayload.ForEnrolment(market ?? Hello.Market, document)));
    }

    /// <summary>An act with its signature, for this market or another.</summary>
    public SignedAct Signed(object act, MarketId? market = null)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        return new SignedAct(bytes, Sign(SignedPayload.ForAct(market ?? Hello.Market, bytes)));
    }

    /// <summary>Signs anything.</summary>
    public byte[] Sign(byte[] bytes) =>
        Key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Sends a message and takes its answer, or the connection's end.</summary>
    public Task<object> AskAsync(object message) => AskFrameAsync(correlation => FrameOf(correlation, message));

    /// <summary>Sends a frame of any bytes under a number of its own, and takes the answer to it.</summary>
    public async Task<object> AskFrameAsync(Func<uint, byte[]> frame)
    {
        var correlation = Interlocked.Increment(ref _correlation) + 100;
        var answer = _asked.GetOrAdd(
            correlation, static _ => new TaskCompletionSource<object>(
                TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(frame(correlation));
        var first = await Task.WhenAny(answer.Task, Ended).WaitAsync(Patience);
        return first == answer.Task ? await answer.Task : await Ended;
    }

    /// <summary>Sends bytes as one message; nothing where the connection has ended.</summary>
    public Task SendAsync(byte[] bytes, CancellationToken cancellationToken = default) =>
        SendAsync(bytes, isEnd: true, cancellationToken);

    /// <summary>Sends the beginning of a message.</summary>
    public Task SendPartAsync(byte[] bytes) => SendAsync(bytes, isEnd: false, CancellationToken.None);

    private async Task SendAsync(byte[] bytes, bool isEnd, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, isEnd, cancellationToken);
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or IOException
            or InvalidOperationException)
        {
            _ended.TrySetResult(new ConnectionEnded(_lastWord)); // cut off by the market: what is asked learns it
        }
    }

    /// <summary>Begins to read.</summary>
    public void StartReading() => _reading = ReadAsync();

    /// <summary>Reads until the market ends the connection, and returns what it said last.</summary>
    public async Task<ConnectionEnded> ReadToEndAsync()
    {
        StartReading();
        return await Ended.WaitAsync(Patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        Key.Dispose();
    }

    /// <summary>A message as a frame.</summary>
    public static byte[] FrameOf(uint correlation, object message) =>
        WireCatalog.EncodeFrame(correlation, message);

    private async Task<(uint Correlation, object Message)?> ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            WebSocketReceiveResult part;
            try
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, 2 * buffer.Length);
                }

                part = await _socket.ReceiveAsync(
                    new ArraySegment<byte>(buffer, length, buffer.Length - length), CancellationToken.None);
            }
            catch (Exception error) when (error is WebSocketException or ObjectDisposedException
                or OperationCanceledException or InvalidOperationException)
            {
                _ended.TrySetResult(new ConnectionEnded(_lastWord));
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                _ended.TrySetResult(new ConnectionEnded(
                    _lastWord.Length > 0 ? _lastWord : part.CloseStatusDescription ?? ""));
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Decode(buffer.AsSpan(0, length));
            }
        }
    }

    private (uint Correlation, object Message) Decode(ReadOnlySpan<byte> frame)
    {
        var reader = new MessagePackReader(frame);
        reader.BeginArray(3);
        var type = (int)reader.ReadInteger(0, ushort.MaxValue);
        var correlation = (uint)reader.ReadInteger(0, uint.MaxValue);
        var message = WireCatalog.ReadPayload(type, ref reader);
        _lastWord = message is Refused refused ? refused.Name : _lastWord;
        return (correlation, message);
    }

    private async Task ReadAsync()
    {
        while (await ReceiveAsync() is (var correlation, { } message))
        {
            if (_asked.TryRemove(correlation, out var asked))
            {
                asked.SetResult(message);
            }
            else
            {
                await _notices.Writer.WriteAsync(message);
            }
        }

        _notices.Writer.TryComplete();
    }
}
