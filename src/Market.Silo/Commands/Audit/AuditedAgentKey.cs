using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>A key of an agent, and in which rows it might sign.</summary>
/// <param name="Key">The key.</param>
/// <param name="Position">Of the row that let it in.</param>
internal sealed record AuditedAgentKey(AuditKey Key, long Position)
{
    /// <summary>
    /// How long after the end of an overlap an act may still be recorded that the market had taken before.
    /// </summary>
    private static readonly TimeSpan InFlightMax = TimeSpan.FromMinutes(1);

    /// <summary>Of the row from which on nothing that it signed is recorded; 0 while there is none.</summary>
    public long EndedPosition { get; set; }

    /// <summary>When its overlap was over; null where it ended otherwise, or has not.</summary>
    public Moment? RetiredAt { get; set; }

    /// <summary>Whether it was good before a row.</summary>
    public bool IsGoodBefore(long position) =>
        Position < position && (EndedPosition == 0 || position <= EndedPosition);

    /// <summary>Whether what it signed may be recorded in a row of a moment.</summary>
    public bool MaySign(SignedMoment signed) => IsGoodBefore(signed.Position)
        || (RetiredAt is { } end && Position < signed.Position
            && signed.At.Ticks < end.Ticks + InFlightMax.Ticks);
}
