using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo.Keys;

namespace Market.Silo.Checkpoints;

/// <summary>
/// Before a market serves: its store has every entry that was published, with the hash that was published. A store that
/// was put back to an old copy (F9), or whose history was written anew (INV-14), has not.
/// </summary>
/// <param name="path">The file of checkpoints, to be named.</param>
/// <param name="market">The market.</param>
/// <param name="keys">Its key.</param>
internal sealed class CheckpointGuard(string path, MarketId market, MarketKeys keys)
{
    /// <summary>Compares a store with what was published of it.</summary>
    /// <exception cref="CheckpointException">They differ.</exception>
    public async Task CheckAsync(
        IJournal journal, IReadOnlyList<SignedCheckpoint> published, CancellationToken cancellationToken)
    {
        if (published.Count == 0)
        {
            return;
        }

        var ledger = await journal.OpenAsync(GrainId.Ledger, cancellationToken).ConfigureAwait(false);
        foreach (var signed in published)
        {
            var checkpoint = signed.Checkpoint;
            if (checkpoint.Market != market)
            {
                throw new CheckpointException(path, $"they are of {checkpoint.Market} and the store is {market}");
            }

            if (checkpoint.Entry.Value > ledger.Version)
            {
                throw new CheckpointException(path, FormattableString.Invariant(
                    $"the book ends at entry {ledger.Version} and was published up to entry {checkpoint.Entry.Value} ")
                    + $"at {checkpoint.At}: the store is an old copy; put the newest one back");
            }

            var row = await journal
                .ReadStreamAsync(ledger.Number, checkpoint.Entry.Value - 1, 1, cancellationToken).ConfigureAwait(false);
            if (row[0].Hash != checkpoint.Head)
            {
                throw new CheckpointException(path, FormattableString.Invariant(
                    $"entry {checkpoint.Entry.Value} of the book has the hash {row[0].Hash} and was published with ")
                    + $"{checkpoint.Head}: the history was written anew; run `market audit verify`");
            }

            CheckSignature(signed);
        }
    }

    // One of another key says what it says; the audit verifies it with the old key where that was kept.
    private void CheckSignature(SignedCheckpoint signed)
    {
        if (signed.KeyId != keys.KeyId)
        {
            return;
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(keys.PublicKey.Span, out _);
        var payload = SignedPayload.ForCheckpoint(market, signed.Checkpoint.ToContent());
        if (!key.VerifyData(
            payload, signed.Signature.Span, HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            throw new CheckpointException(path, FormattableString.Invariant(
                $"the signature of that of entry {signed.Checkpoint.Entry.Value} is not the market's"));
        }
    }
}
