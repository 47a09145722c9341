using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Tests.Support;

/// <summary>One message that came in.</summary>
internal sealed record Incoming(uint Correlation, object Message);

/// <summary>
/// An agent on the bare wire: a WebSocket, the codec and a key. What comes without correlation, or closes the
/// connection, is in <see cref="Notices"/>; the rest are answers.
/// </summary>
internal sealed class TestAgent : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<object>> _asked = new();
    private readonly Channel<object> _notices = Channel.CreateUnbounded<object>();
    private Task _reading = Task.CompletedTask;
    private uint _correlation;

    private TestAgent(ECDsa? key) => Key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa Key { get; }

    public Hello Hello { get; private set; } = null!;

    public Agent? Agent { get; private set; }

    public ChannelReader<object> Notices => _notices.Reader;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Connects and reads Hello; nothing is proved yet.</summary>
    public static async Task<TestAgent> ConnectAsync(Uri uri, ECDsa? key = null, int receiveBuffer = 0)
    {
        var agent = new TestAgent(key);
        agent._socket.Options.AddSubProtocol("market.v1.msgpack");
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
        await agent._socket.ConnectAsync(uri, invoker, timeout.Token);
        agent.Hello = (Hello)(await agent.ReceiveAsync())!.Message;
        return agent;
    }

    /// <summary>Connects and proves its key.</summary>
    public static async Task<TestAgent> AuthenticateAsync(
        Uri uri, ECDsa? key = null, bool reads = true, int receiveBuffer = 0)
    {
        var agent = await ConnectAsync(uri, key, receiveBuffer);
        await agent.SendAsync(1, agent.Proof());
        agent.Agent = ((Welcome)(await agent.ReceiveAsync())!.Message).Agent;
        if (reads)
        {
            agent.StartReading();
        }

        return agent;
    }

    /// <summary>Connects, proves its key and registers it.</summary>
    public static async Task<TestAgent> RegisterAsync(Uri uri, AgentRole role, string principal)
    {
        var agent = await AuthenticateAsync(uri);
        await agent.RegisterAsync(Some.Profile(role, principal));
        return agent;
    }

    /// <summary>Registers this agent under a principal's key; under its own where none is given.</summary>
    public async Task RegisterAsync(AgentProfile profile, ECDsa? principal = null) =>
        Agent = (await AskAsync<Welcome>(Registration(profile, principal))).Agent;

    /// <summary>The registration of this agent under a principal's key; under its own where none is given.</summary>
    public Register Registration(AgentProfile profile, ECDsa? principal = null, TimeSpan? validFor = null)
    {
        var document = WireFormat.Encode(new Enrolment(
            Hash256.Of(Key.ExportSubjectPublicKeyInfo()), profile, Hello.At,
            Hello.At + (validFor ?? TimeSpan.FromHours(1))));
        return new Register(profile, EnrolmentOf(document, principal ?? Key));
    }

    /// <summary>A document signed as an enrolment by a key.</summary>
    public SignedEnrolment EnrolmentOf(byte[] document, ECDsa principal) => new(
        document,
        principal.ExportSubjectPublicKeyInfo(),
        principal.SignData(
            SignedPayload.ForEnrolment(Hello.Market, document),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public Authenticate Proof(byte[]? nonce = null) => new(
        Key.ExportSubjectPublicKeyInfo(),
        Sign(SignedPayload.ForSession(Hello.Market, nonce ?? Hello.Nonce.Span)));

    public SignedAct Signed(object act)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        return new SignedAct(bytes, Sign(SignedPayload.ForAct(Hello.Market, bytes)));
    }

    public byte[] Sign(byte[] bytes) =>
        Key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Asks and returns the answer.</summary>
    public async Task<object> AskAsync(object message) => await (await BeginAsync(message)).WaitAsync(Patience);

    /// <summary>Asks and returns the answer, which must be of this type.</summary>
    public async Task<T> AskAsync<T>(object message) => Assert.IsType<T>(await AskAsync(message));

    /// <summary>Asks and returns the answer's promise.</summary>
    public async Task<Task<object>> BeginAsync(object message)
    {
        var correlation = Interlocked.Increment(ref _correlation) + 100;
        var answer = _asked.GetOrAdd(
            correlation, _ => new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(correlation, message);
        return answer.Task;
    }

    public Task SendAsync(uint correlation, object message) => SendBytesAsync(FrameOf(correlation, message));

    public Task SendBytesAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary) =>
        _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    /// <summary>Sends a part of a message that does not end with it.</summary>
    public ValueTask SendPartAsync(ReadOnlyMemory<byte> bytes) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);

    /// <summary>The next event notice.</summary>
    public async Task<EventNotice> NextEventAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return Assert.IsType<EventNotice>(await _notices.Reader.ReadAsync(timeout.Token));
    }

    public void StartReading() => _reading = ReadAsync();

    /// <summary>
    /// The next message, or null when the connection has ended; for an agent that does not read by itself.
    /// </summary>
    public async Task<Incoming?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            WebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(
                    new ArraySegment<byte>(buffer, length, buffer.Length - length), timeout.Token);
            }
            catch (Exception error) when (error is WebSocketException or ObjectDisposedException)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Decode(buffer.AsSpan(0, length));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        Key.Dispose();
    }

    public static byte[] FrameOf(uint correlation, object message) =>
        WireCatalog.EncodeFrame(correlation, message);

    private static Incoming Decode(ReadOnlySpan<byte> frame)
    {
        var reader = new MessagePackReader(frame);
        Assert.Equal(3, reader.BeginArray());
        var type = (int)reader.ReadInteger(0, ushort.MaxValue);
        var correlation = (uint)reader.ReadInteger(0, uint.MaxValue);
        return new Incoming(correlation, WireCatalog.ReadPayload(type, ref reader));
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } incoming)
            {
                if (_asked.TryRemove(incoming.Correlation, out var asked))
                {
                    asked.SetResult(incoming.Message);
                }
                else
                {
                    await _notices.Writer.WriteAsync(incoming.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Silence for the whole of its patience: the test has ended or fails by itself.
        }

        _notices.Writer.Complete();
    }
}
