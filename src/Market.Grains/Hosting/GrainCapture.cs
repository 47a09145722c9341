using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// A copy of a grain's state, to be made into bytes on another thread while the grain goes on. What only grows can be
/// in parts: a part is saved once and never changes, so that a snapshot of a large state stays small.
/// </summary>
/// <param name="Encode">Makes the bytes of the state, but for its parts.</param>
/// <param name="FirstPart">Number of the first part that is new; those before are saved already.</param>
/// <param name="PartCount">Parts in all; those from <paramref name="FirstPart"/> on are to be saved.</param>
/// <param name="EncodePart">Makes the bytes of a new part of a number.</param>
/// <param name="Saved">Called on any thread once everything is durable; may be null.</param>
public sealed record GrainCapture(
    Func<byte[]> Encode, int FirstPart, int PartCount, Func<int, byte[]> EncodePart, Action? Saved)
{
    /// <summary>A state without parts, whose bytes are made already.</summary>
    public static GrainCapture Of(byte[] state) =>
        new(() => state, 0, 0, _ => throw new InvalidOperationException("This state has no parts."), null);
}

/// <summary>A snapshot that is still to be made into bytes.</summary>
internal sealed record CapturedSnapshot(long Stream, long Version, int Format, GrainCapture State)
{
    /// <summary>The bytes with their hashes.</summary>
    public Snapshot Encode()
    {
        var state = State.Encode();
        var parts = new List<SnapshotPart>();
        for (var number = State.FirstPart; number < State.PartCount; number++)
        {
            var bytes = State.EncodePart(number);
            parts.Add(new SnapshotPart(number, Hash256.Of(bytes), bytes));
        }

        return new Snapshot(Stream, Version, Format, Hash256.Of(state), state, parts.ToValueArray());
    }
}
