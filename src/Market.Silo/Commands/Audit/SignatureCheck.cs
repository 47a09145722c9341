using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>Whose signature it is.</summary>
internal enum SignatureOf
{
    /// <summary>An agent's, under an offer or an acceptance.</summary>
    Agent,

    /// <summary>The market's, under a receipt, by a key that the folder has.</summary>
    Receipt,

    /// <summary>The market's, by a key that the folder does not name: one of its keys may fit.</summary>
    ReceiptOfUnknownKey,

    /// <summary>The market's, under a checkpoint, by a key that the folder has.</summary>
    Checkpoint,

    /// <summary>The market's, under a checkpoint, by a key that the folder does not name.</summary>
    CheckpointOfUnknownKey,
}

/// <summary>A P-256 public key.</summary>
/// <param name="Thumbprint">SHA-256 of <paramref name="PublicKey"/>.</param>
/// <param name="PublicKey">Its SubjectPublicKeyInfo, DER.</param>
internal sealed record AuditKey(Hash32 Thumbprint, ReadOnlyMemory<byte> PublicKey);

/// <summary>A signature to verify.</summary>
/// <param name="IfWrong">What to report if it is wrong.</param>
/// <param name="Keys">The keys of which one must have signed.</param>
/// <param name="Payload">What is signed.</param>
/// <param name="Signature">ES256; 64 bytes, r then s.</param>
/// <param name="Of">Whose it is.</param>
internal sealed record SignatureCheck(
    AuditError IfWrong, IReadOnlyList<AuditKey> Keys, byte[] Payload, ReadOnlyMemory<byte> Signature, SignatureOf Of);
