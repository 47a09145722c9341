using System.Net.WebSockets;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Benchmarks;

/// <summary>
/// An agent of the load process: one WebSocket, one request at a time, nothing but the wire, so that the load costs as
/// little as it can and the same for the market and for the bare echo.
/// </summary>
internal sealed class LoadAgent : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _received = new byte[1024];
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private uint _correlation;
    private LedgerTime _at;

    public MarketId Market { get; private set; }

    public AgentNumber Number { get; private set; }

    /// <summary>Connects without a handshake, to an echo.</summary>
    public async Task ConnectAsync(Uri uri)
    {
        _socket.Options.AddSubProtocol("market.v1.msgpack");
        await _socket.ConnectAsync(uri, CancellationToken.None);
    }

    /// <summary>Connects to a market and proves its key.</summary>
    public async Task ProveAsync(Uri uri)
    {
        await ConnectAsync(uri);
        var hello = (Hello)Decode((await ReceiveAsync()).Span);
        Market = hello.Market;
        var signature = Sign(SignedPayload.ForSession(hello.Market, hello.Nonce.Span));
        await AskAsync(new Authenticate(_key.ExportSubjectPublicKeyInfo(), signature));
        _at = hello.At;
    }

    /// <summary>Connects to a market, proves its key and registers.</summary>
    public async Task JoinAsync(Uri uri, string name, AgentRole role)
    {
        await ProveAsync(uri);
        var publicKey = _key.ExportSubjectPublicKeyInfo();
        var profile = new AgentProfile(name, name, role, new Disclosure("bench", "script", "1"));
        var document = WireFormat.Encode(new Enrolment(
            Hash256.Of(publicKey), profile, _at, _at + TimeSpan.FromHours(1)));
        var welcome = (Welcome)await AskAsync(new Register(profile, new SignedEnrolment(
            document, publicKey, Sign(SignedPayload.ForEnrolment(Market, document)))));
        Number = welcome.Agent!.Number;
    }

    /// <summary>Sends a message and takes its answer.</summary>
    public async Task<object> AskAsync(object message)
    {
        var answer = await ExchangeAsync(Encode(message, ++_correlation));
        return Decode(answer.Span);
    }

    /// <summary>Sends a message signed by this agent and takes its answer.</summary>
    public Task<object> AskSignedAsync(object message)
    {
        var act = WireCatalog.EncodeTagged(message);
        return AskAsync(new SignedAct(act, Sign(SignedPayload.ForAct(Market, act))));
    }

    private byte[] Sign(byte[] payload) =>
        _key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> frame)
    {
        await _socket.SendAsync(frame, WebSocketMessageType.Binary, true, CancellationToken.None);
        return await ReceiveAsync();
    }

    public static byte[] Encode(object message, uint correlation) => WireCatalog.EncodeFrame(correlation, message);

    /// <summary>Closes the connection in good order.</summary>
    public Task CloseAsync() =>
        _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Dispose()
    {
        _socket.Dispose();
        _key.Dispose();
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            if (length == _received.Length)
            {
                Array.Resize(ref _received, 2 * length);
            }

            var part = await _socket.ReceiveAsync(_received.AsMemory(length), CancellationToken.None);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException($"The server closed: {_socket.CloseStatusDescription}");
            }

            if (part.EndOfMessage)
            {
                return _received.AsMemory(0, length);
            }
        }
    }

    private static object Decode(ReadOnlySpan<byte> frame)
    {
        var reader = new MessagePackReader(frame);
        reader.BeginArray(3);
        var type = (int)reader.ReadInt64();
        reader.ReadInt64();
        var message = WireCatalog.ReadPayload(type, ref reader);
        return message is Refused refused
            ? throw new InvalidOperationException($"Refused: {refused.Code} {refused.Explanation}")
            : message;
    }
}
