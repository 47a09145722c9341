using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Benchmarks;

/// <summary>
/// The signatures of a deal: two verifications with cached keys and one receipt, and what they alone allow.
/// </summary>
internal sealed class DealCrypto : IDisposable
{
    private readonly ConcurrentDictionary<(AgentNumber Agent, int Thread), ECDsa> _keys = new();

    public void Verify(BenchMarket market, Evidence evidence)
    {
        // An ECDsa object serves one thread at a time; a copy a thread stands for the gateway's pool of imported keys.
        var key = _keys.GetOrAdd((evidence.Signer, Environment.CurrentManagedThreadId), static (at, market) =>
        {
            var copy = ECDsa.Create();
            copy.ImportSubjectPublicKeyInfo(market.KeyOf(at.Agent).ExportSubjectPublicKeyInfo(), out _);
            return copy;
        }, market);
        if (!key.VerifyData(
            SignedPayload.ForAct(market.Id, evidence.SignedBytes.Span), evidence.Signature.Span,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            throw new InvalidOperationException("A signature of the script does not verify.");
        }
    }

    /// <summary>Deals a second that two verifications and one signature alone would allow on all cores.</summary>
    public static double MeasureBound(int deals)
    {
        var bytes = new byte[300];
        var watch = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var signature = key.SignData(bytes, HashAlgorithmName.SHA256);
            for (var i = 0; i < deals; i++)
            {
                key.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
                key.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
                key.SignData(bytes, HashAlgorithmName.SHA256);
            }
        });
        return Environment.ProcessorCount * deals / watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
