using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>
/// A saved state with its hash before it: what was altered or cut is noticed, and made again from the journal.
/// </summary>
internal static class SealedState
{
    public static byte[] Seal(ReadOnlySpan<byte> state)
    {
        var sealedState = new byte[Hash256.Size + state.Length];
        Hash256.Of(state).CopyTo(sealedState);
        state.CopyTo(sealedState.AsSpan(Hash256.Size));
        return sealedState;
    }

    /// <summary>False when the bytes are not those that were sealed.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> sealedState, out ReadOnlySpan<byte> state)
    {
        state = sealedState.Length < Hash256.Size ? default : sealedState[Hash256.Size..];
        return sealedState.Length >= Hash256.Size &&
            Hash256.Of(state) == Hash256.FromBytes(sealedState[..Hash256.Size]);
    }
}
