namespace Market.Domain.Settling;

/// <summary>What of a command differs from what was said before under the same id.</summary>
public enum LedgerField : byte
{
    /// <summary>Nothing, or nothing that has a name.</summary>
    None = 0,

    /// <summary>The kind of command.</summary>
    Kind = 1,

    /// <summary>How many legs or amounts it has.</summary>
    Count = 2,

    /// <summary>Where a leg's amount leaves.</summary>
    Debit = 3,

    /// <summary>Where a leg's amount arrives.</summary>
    Credit = 4,

    /// <summary>An amount.</summary>
    Amount = 5,

    /// <summary>When a hold ends.</summary>
    ExpiresAt = 6,

    /// <summary>The account to open.</summary>
    Account = 7,

    /// <summary>The deal.</summary>
    Deal = 8,

    /// <summary>The hash of a deal's terms.</summary>
    TermsHash = 9,

    /// <summary>The claim to pay.</summary>
    Claim = 10,

    /// <summary>The asset to close.</summary>
    Asset = 11,
}
