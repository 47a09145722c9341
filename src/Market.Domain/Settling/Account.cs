namespace Market.Domain.Settling;

/// <summary>
/// An account of a book. The four sums only grow, except that pending ones fall when a hold is resolved. None is
/// negative, and posted and pending together fit 64 bits on either side; so no difference of them can overflow.
/// </summary>
internal struct Account : IKeyedRow<AccountName>
{
    public AccountName Name;

    /// <summary>No account.</summary>
    public const int None = -1;

    /// <summary>Place of the owner's account of the same kind of asset that was opened before; −1 for none.</summary>
    public int PreviousOfOwner;

    /// <summary>Place of the owner's account of the same kind of asset that was opened next; −1 for none.</summary>
    public int NextOfOwner;

    /// <summary>
    /// Place of another account of the same units or need, which begin with their mint; −1 for none.
    /// </summary>
    public int NextOfAsset;

    public long DebitsPosted;
    public long CreditsPosted;
    public long DebitsPending;
    public long CreditsPending;

    /// <inheritdoc/>
    public readonly AccountName Key => Name;

    /// <summary>What is there: credits − debits.</summary>
    public readonly long Posted => CreditsPosted - DebitsPosted;

    /// <summary>What can be spent: pending debits are gone already, pending credits not yet there (INV-3).</summary>
    public readonly long Available => CreditsPosted - DebitsPosted - DebitsPending;

    /// <summary>What may still arrive before the account's credits pass 64 bits.</summary>
    public readonly long CreditRoom => long.MaxValue - CreditsPosted - CreditsPending;

    /// <summary>What may still leave before the account's debits pass 64 bits.</summary>
    public readonly long DebitRoom => long.MaxValue - DebitsPosted - DebitsPending;
}
