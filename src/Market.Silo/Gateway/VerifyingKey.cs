using System.Security.Cryptography;

namespace Market.Silo.Gateway;

/// <summary>
/// One public key. The platform's key objects are for one thread at a time, so each verification takes one of a few, or
/// imports another. After its end it still verifies, with imports that it does not keep.
/// </summary>
/// <param name="publicKey">SubjectPublicKeyInfo, DER, of a P-256 key.</param>
internal sealed class VerifyingKey(ReadOnlyMemory<byte> publicKey) : IDisposable
{
    private readonly Stack<ECDsa> _spare = new(1);
    private bool _isDisposed;

    /// <summary>Whether a signature (ES256, r then s) is this key's over some bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        var key = Take();
        try
        {
            return key.VerifyData(
                bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            Give(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_spare)
        {
            _isDisposed = true;
            while (_spare.TryPop(out var key))
            {
                key.Dispose();
            }
        }
    }

    private ECDsa Take()
    {
        lock (_spare)
        {
            if (_spare.TryPop(out var spare))
            {
                return spare;
            }
        }

        return PublicKeys.Import(publicKey.Span)
            ?? throw new CryptographicException("A registered key is not a P-256 key.");
    }

    private void Give(ECDsa key)
    {
        lock (_spare)
        {
            if (!_isDisposed && _spare.Count < Environment.ProcessorCount)
            {
                _spare.Push(key);
                return;
            }
        }

        key.Dispose();
    }
}
