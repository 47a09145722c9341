namespace Market.Domain.Wire.Messages;

/// <summary>
/// The bytes that are signed: purpose, market and format version before the exact bytes of what is signed, so that no
/// signature serves another purpose or another market.
/// </summary>
public static class SignedPayload
{
    /// <summary>Version of the signed forms.</summary>
    public const byte FormatVersion = 1;

    /// <summary>For opening a session: "market.session.v1", market, version, nonce.</summary>
    public static byte[] ForSession(MarketId market, ReadOnlySpan<byte> nonce) =>
        Prefixed("market.session.v1"u8, market, nonce);

    /// <summary>For an act: "market.act.v1", market, version, the act's bytes.</summary>
    public static byte[] ForAct(MarketId market, ReadOnlySpan<byte> act) => Prefixed("market.act.v1"u8, market, act);

    /// <summary>For a receipt: "market.receipt.v1", market, version, the receipt's bytes.</summary>
    public static byte[] ForReceipt(MarketId market, ReadOnlySpan<byte> receipt) =>
        Prefixed("market.receipt.v1"u8, market, receipt);

    /// <summary>For a checkpoint: "market.checkpoint.v1", market, version, the checkpoint's content.</summary>
    public static byte[] ForCheckpoint(MarketId market, ReadOnlySpan<byte> content) =>
        Prefixed("market.checkpoint.v1"u8, market, content);

    /// <summary>For an approval: "market.approval.v1", market, version, the document's bytes.</summary>
    public static byte[] ForApproval(MarketId market, ReadOnlySpan<byte> document) =>
        Prefixed("market.approval.v1"u8, market, document);

    /// <summary>For a principal's own key: "market.principal-key.v1", market, version, the document's bytes.</summary>
    public static byte[] ForPrincipalKey(MarketId market, ReadOnlySpan<byte> document) =>
        Prefixed("market.principal-key.v1"u8, market, document);

    /// <summary>For an enrolment of an agent: "market.enrolment.v1", market, version, the document's bytes.</summary>
    public static byte[] ForEnrolment(MarketId market, ReadOnlySpan<byte> document) =>
        Prefixed("market.enrolment.v1"u8, market, document);

    /// <summary>For another key of an agent: "market.agent-key.v1", market, version, the document's bytes.</summary>
    public static byte[] ForAgentKey(MarketId market, ReadOnlySpan<byte> document) =>
        Prefixed("market.agent-key.v1"u8, market, document);

    private static byte[] Prefixed(ReadOnlySpan<byte> purpose, MarketId market, ReadOnlySpan<byte> content)
    {
        var bytes = new byte[purpose.Length + 16 + 1 + content.Length];
        purpose.CopyTo(bytes);
        market.Value.TryWriteBytes(bytes.AsSpan(purpose.Length), bigEndian: true, out _);
        bytes[purpose.Length + 16] = FormatVersion;
        content.CopyTo(bytes.AsSpan(purpose.Length + 17));
        return bytes;
    }
}
