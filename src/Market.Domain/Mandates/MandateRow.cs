using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>A mandate as the ledger keeps it.</summary>
internal struct MandateRow : IKeyedRow<MandateId>
{
    /// <summary>What was granted.</summary>
    public Mandate Mandate;

    /// <summary>What deals have taken of it.</summary>
    public MandateUsage Usage;

    /// <summary>The entry that granted it.</summary>
    public EntryNumber GrantedBy;

    /// <summary>The entry that revoked it; 0 while it holds.</summary>
    public EntryNumber RevokedBy;

    /// <inheritdoc/>
    public readonly MandateId Key => Mandate.Id;
}
