using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>Where a mandate stands.</summary>
public enum MandateStatus : byte
{
    /// <summary>It holds, within its time.</summary>
    Active = 1,

    /// <summary>It does not hold until it is resumed.</summary>
    Suspended = 2,

    /// <summary>It never holds again.</summary>
    Revoked = 3,
}

/// <summary>One change of a mandate's status. The grant makes revision 1, each change the next one.</summary>
/// <param name="Status">What it became.</param>
/// <param name="Entry">The entry that changed it.</param>
public readonly record struct MandateChange(MandateStatus Status, EntryNumber Entry);
