using System.Collections.Concurrent;
using System.Security.Cryptography;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// Verifies signatures on all processors beside the reading of rows: a verification takes a hundred times as long as a
/// row. What waits is bounded, so the reader waits too when it is far ahead.
/// </summary>
internal sealed class SignatureAudit : IDisposable
{
    private const int SignatureBytes = 64;
    private const int WaitingMax = 4_096;
    private const int KeysMax = 4_096; // of each worker; imported keys hold memory that the collector does not see

    private readonly BlockingCollection<SignatureCheck> _waiting = new(WaitingMax);
    private readonly AuditFindings _findings;
    private readonly Task[] _workers;
    private long _agentsVerified;
    private long _receiptsVerified;
    private long _receiptsUnchecked;
    private long _checkpointsVerified;

    public SignatureAudit(AuditFindings findings)
    {
        _findings = findings;
        _workers = new Task[Environment.ProcessorCount];
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = Task.Factory.StartNew(
                Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    public long AgentsVerified => Interlocked.Read(ref _agentsVerified);

    public long ReceiptsVerified => Interlocked.Read(ref _receiptsVerified);

    public long ReceiptsUnchecked => Interlocked.Read(ref _receiptsUnchecked);

    /// <summary>Checkpoints whose signature verified.</summary>
    public long CheckpointsVerified => Interlocked.Read(ref _checkpointsVerified);

    /// <summary>Has a signature verified, at the latest by <see cref="Complete"/>.</summary>
    public void Verify(SignatureCheck check) => _waiting.Add(check);

    /// <summary>Waits until all are verified.</summary>
    public void Complete()
    {
        _waiting.CompleteAdding();
        Task.WaitAll(_workers);
    }

    public void Dispose()
    {
        Complete();
        _waiting.Dispose();
    }

    private void Work()
    {
        var keys = new Dictionary<Hash32, ECDsa?>();
        foreach (var check in _waiting.GetConsumingEnumerable())
        {
            Count(check, check.Keys.Any(key => IsSignedBy(keys, key, check)));
        }

        Forget(keys);
    }

    private void Count(SignatureCheck check, bool isVerified)
    {
        switch (check.Of)
        {
            case SignatureOf.Agent when isVerified:
                Interlocked.Increment(ref _agentsVerified);
                break;
            case SignatureOf.Receipt or SignatureOf.ReceiptOfUnknownKey when isVerified:
                Interlocked.Increment(ref _receiptsVerified);
                break;
            case SignatureOf.Checkpoint or SignatureOf.CheckpointOfUnknownKey when isVerified:
                Interlocked.Increment(ref _checkpointsVerified);
                break;
            case SignatureOf.ReceiptOfUnknownKey:
                Interlocked.Increment(ref _receiptsUnchecked);
                break;
            case SignatureOf.CheckpointOfUnknownKey:
                break; // its key is not here; what it says was compared
            default:
                _findings.AddSignature(check.IfWrong);
                break;
        }
    }

    private static bool IsSignedBy(Dictionary<Hash32, ECDsa?> keys, AuditKey key, SignatureCheck check)
    {
        if (!keys.TryGetValue(key.Thumbprint, out var imported))
        {
            if (keys.Count == KeysMax)
            {
                Forget(keys);
            }

            keys.Add(key.Thumbprint, imported = Import(key.PublicKey.Span));
        }

        return imported is not null && check.Signature.Length == SignatureBytes && imported.VerifyData(
            check.Payload, check.Signature.Span, HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    // Null where the bytes are no key: nothing verifies with it, and that is what is reported.
    private static ECDsa? Import(ReadOnlySpan<byte> publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read == publicKey.Length && key.KeySize == 256)
            {
                return key;
            }
        }
        catch (Exception error) when (error is CryptographicException or PlatformNotSupportedException)
        {
            // No key, or a point that is not on the curve: the same end as for a key of another curve.
        }

        key.Dispose();
        return null;
    }

    private static void Forget(Dictionary<Hash32, ECDsa?> keys)
    {
        foreach (var key in keys.Values)
        {
            key?.Dispose();
        }

        keys.Clear();
    }
}
