using System.Security.Cryptography;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>What becomes of one signature when it is verified again; for showing it.</summary>
internal sealed class SignatureVerdicts(AuditContext context)
{
    /// <summary>For example "agent_1: verified"; null where there is none.</summary>
    public string? Of(Evidence? evidence)
    {
        if (evidence is null)
        {
            return null;
        }

        var keys = context.AgentKeys.Find(evidence.Signer);
        var verdict = keys is null
            ? "no such agent was registered"
            : Say(keys, SignedForms.OfAct(context.Market, evidence.SignedBytes), evidence.Signature);
        return $"{evidence.Signer}: {verdict}";
    }

    /// <summary>For example "market's key N7r…: verified".</summary>
    public string Of(StoredReceipt receipt)
    {
        var keys = context.Keys.Find(receipt.KeyId, out _);
        var verdict = keys.Count == 0
            ? "not checked, the key is not here"
            : Say(keys, SignedForms.OfReceipt(context.Market, receipt.Bytes), receipt.Signature);
        return $"market's key {receipt.KeyId}: {verdict}";
    }

    private static string Say(IReadOnlyList<AuditKey> keys, byte[] payload, byte[] signature) =>
        keys.Any(key => IsSignedBy(key, payload, signature)) ? "verified" : "DOES NOT VERIFY";

    private static bool IsSignedBy(AuditKey key, byte[] payload, byte[] signature)
    {
        using var imported = ECDsa.Create();
        try
        {
            imported.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
            return imported.VerifyData(
                payload, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception error) when (error is CryptographicException or PlatformNotSupportedException)
        {
            return false; // the bytes are no key: nothing verifies with it
        }
    }
}
