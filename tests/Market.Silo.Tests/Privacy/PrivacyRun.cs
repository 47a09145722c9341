using Market.Domain.Negotiating;

namespace Market.Silo.Tests.Privacy;

/// <summary>
/// What each side saw of a script, in order: every answer to it and every event, as bytes with the step before them.
/// </summary>
/// <param name="Buyer">Frames to the buyer.</param>
/// <param name="Seller">Frames to the seller.</param>
/// <param name="IsRefused">For each step, whether who acted was refused.</param>
internal sealed record PrivacyRun(
    IReadOnlyList<SeenFrame> Buyer, IReadOnlyList<SeenFrame> Seller, IReadOnlyList<bool> IsRefused)
{
    /// <summary>What a side saw.</summary>
    public IReadOnlyList<SeenFrame> SeenBy(Party viewer) => viewer == Party.Buyer ? Buyer : Seller;

    /// <summary>The first step of a side at which two runs of a script differ in who is refused, or null.</summary>
    public int? FirstRefusalUnlike(PrivacyRun other, IReadOnlyList<PrivacyStep> script, Party side)
    {
        for (var i = 0; i < script.Count; i++)
        {
            if (script[i].By == side && IsRefused[i] != other.IsRefused[i])
            {
                return i;
            }
        }

        return null;
    }
}

/// <summary>One frame that a side got.</summary>
/// <param name="Step">After which step.</param>
/// <param name="Message">The message.</param>
/// <param name="Bytes">Its bytes, in hexadecimal.</param>
internal sealed record SeenFrame(int Step, object Message, string Bytes)
{
    /// <summary>Same step, same bytes; the message is only for reading.</summary>
    public bool Equals(SeenFrame? other) => other is not null && Step == other.Step && Bytes == other.Bytes;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Step, Bytes);
}
