using System.Text;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>What is signed: purpose ‖ market id (16 bytes, big-endian) ‖ 01 ‖ the exact bytes.</summary>
internal static class SignedForms
{
    private const byte FormatVersion = 1;

    public static byte[] OfAct(MarketId market, ReadOnlySpan<byte> act) => Of("market.act.v1", market, act);

    public static byte[] OfReceipt(MarketId market, ReadOnlySpan<byte> receipt) =>
        Of("market.receipt.v1", market, receipt);

    public static byte[] OfApproval(MarketId market, ReadOnlySpan<byte> document) =>
        Of("market.approval.v1", market, document);

    public static byte[] OfPrincipalKey(MarketId market, ReadOnlySpan<byte> document) =>
        Of("market.principal-key.v1", market, document);

    public static byte[] OfEnrolment(MarketId market, ReadOnlySpan<byte> document) =>
        Of("market.enrolment.v1", market, document);

    public static byte[] OfAgentKey(MarketId market, ReadOnlySpan<byte> document) =>
        Of("market.agent-key.v1", market, document);

    public static byte[] OfCheckpoint(MarketId market, ReadOnlySpan<byte> checkpoint) =>
        Of("market.checkpoint.v1", market, checkpoint);

    private static byte[] Of(string purpose, MarketId market, ReadOnlySpan<byte> content) =>
        [.. Encoding.ASCII.GetBytes(purpose), .. market.Value.ToByteArray(bigEndian: true), FormatVersion, .. content];
}
