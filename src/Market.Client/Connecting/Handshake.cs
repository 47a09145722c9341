using Market.Domain.Wire.Messages;

namespace Market.Client.Connecting;

/// <summary>The market says hello with a nonce; the client signs it; the market says welcome.</summary>
internal static class Handshake
{
    /// <summary>Version of the protocol that this library speaks.</summary>
    public const int FormatVersion = 1;

    /// <summary>The request number of <see cref="Authenticate"/>; those of other requests are above it.</summary>
    public const uint Correlation = 1;

    /// <summary>Proves the key on a new connection.</summary>
    /// <exception cref="MarketRefusedException">The market refuses the key.</exception>
    /// <exception cref="MarketConnectionException">What answers is no market of this version.</exception>
    public static async ValueTask<(Hello Hello, Welcome Welcome)> PerformAsync(
        IFrameTransport transport, AgentKey key, CancellationToken cancellationToken)
    {
        var first = Frame.Decode((await transport.ReceiveAsync(cancellationToken).ConfigureAwait(false)).Span);
        var hello = first.Message switch
        {
            Hello { FormatVersion: FormatVersion } h => h,
            Hello h => throw new MarketConnectionException(
                $"The market speaks version {h.FormatVersion} of the protocol; this library speaks {FormatVersion}.")
            { IsFinal = true },
            Refused refused => throw new MarketRefusedException(refused),
            _ => throw NotDue(nameof(Hello), first.Message),
        };

        var signature = key.Sign(SignedPayload.ForSession(hello.Market, hello.Nonce.Span));
        var proof = new Authenticate(key.PublicKey, signature);
        await transport.SendAsync(Frame.Encode(Correlation, proof), more: false).ConfigureAwait(false);

        var second = Frame.Decode((await transport.ReceiveAsync(cancellationToken).ConfigureAwait(false)).Span);
        return second.Message switch
        {
            Welcome welcome => (hello, welcome),
            Refused refused => throw new MarketRefusedException(refused),
            _ => throw NotDue(nameof(Welcome), second.Message),
        };
    }

    private static MarketConnectionException NotDue(string due, object? message) =>
        new($"{due} is due, and {message?.GetType().Name ?? "an unknown message"} came.");
}
