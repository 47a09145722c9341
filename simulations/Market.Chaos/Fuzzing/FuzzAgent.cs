using System.Diagnostics;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Fuzzing;

/// <summary>An agent that opens its session as it should; what it sends after that is the fuzzer's affair.</summary>
internal sealed class FuzzAgent : IDisposable
{
    private const int Upgraded = 101;
    private const int Full = 503;
    private const int TooFast = 429;
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(100);
    private static int _count;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private FuzzAgent(RawConnection connection) => Connection = connection;

    /// <summary>Its connection.</summary>
    public RawConnection Connection { get; }

    /// <summary>
    /// Connects; the market's first frame has come. A market that is full is asked again for a while.
    /// </summary>
    /// <exception cref="IOException">It takes no connection.</exception>
    public static async Task<(FuzzAgent Agent, Hello Hello)> ConnectAsync(FuzzMarket market)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var agent = new FuzzAgent(await RawConnection.ConnectAsync(market.Uri));
            var status = await agent.Connection.UpgradeAsync(market.Uri);
            if (status == Upgraded && (await agent.ReceiveAsync()).Message is Hello hello)
            {
                return (agent, hello);
            }

            agent.Dispose();
            if (status is not (Full or TooFast) || clock.Elapsed > RawConnection.Patience)
            {
                throw new IOException($"No session: status {status}.");
            }

            await Task.Delay(FullPause);
        }
    }

    /// <summary>Connects, proves its key and registers.</summary>
    public static async Task<FuzzAgent> RegisterAsync(FuzzMarket market, AgentRole role)
    {
        var (agent, hello) = await ConnectAsync(market);
        await agent.SendAsync(1, agent.Proof(hello));
        _ = await agent.ReceiveAsync();
        await agent.SendAsync(2, agent.Registration(hello, role));
        return (await agent.ReceiveAsync()).Message is Welcome { Agent: not null }
            ? agent
            : throw new IOException("The agent could not register.");
    }

    /// <summary>What registers it, as its own principal.</summary>
    private Register Registration(Hello hello, AgentRole role)
    {
        var name = $"fuzz-{Interlocked.Increment(ref _count)}";
        var profile = new AgentProfile(name, name, role, new Disclosure("Fuzzing", "dice", "1"));
        var key = _key.ExportSubjectPublicKeyInfo();
        var document = WireFormat.Encode(new Enrolment(
            Hash256.Of(key), profile, hello.At, hello.At + TimeSpan.FromDays(1)));
        return new Register(
            profile,
            new SignedEnrolment(document, key, Sign(SignedPayload.ForEnrolment(hello.Market, document))));
    }

    /// <summary>What proves its key in this session.</summary>
    public Authenticate Proof(Hello hello) => new(
        _key.ExportSubjectPublicKeyInfo(), Sign(SignedPayload.ForSession(hello.Market, hello.Nonce.Span)));

    /// <summary>Its signature, ES256.</summary>
    public byte[] Sign(byte[] payload) =>
        _key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>The bytes of a frame.</summary>
    public static byte[] FrameOf(uint correlation, object message) =>
        WireCatalog.EncodeFrame(correlation, message);

    /// <summary>Sends a message.</summary>
    public async Task SendAsync(uint correlation, object message)
    {
        var bytes = new List<byte>();
        RawConnection.AppendMessage(bytes, FrameOf(correlation, message));
        await Connection.SendAsync(bytes.ToArray());
    }

    /// <summary>The next message.</summary>
    /// <exception cref="IOException">The connection ended instead.</exception>
    public async Task<(uint Correlation, object Message)> ReceiveAsync() =>
        await Connection.ReceiveAsync() is { IsClose: false } frame
            ? Read(frame)
            : throw new IOException("The market has closed the connection.");

    /// <summary>Reads a frame of the market.</summary>
    public static (uint Correlation, object Message) Read(RawFrame frame)
    {
        var reader = new MessagePackReader(frame.Payload);
        reader.BeginArray();
        var type = (int)reader.ReadInt64();
        return ((uint)reader.ReadInt64(), WireCatalog.ReadPayload(type, ref reader));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        _key.Dispose();
    }
}
