namespace Market.Silo.Commands.Audit;

/// <summary>The kinds of streams, by the numbers that the store has for them.</summary>
internal enum StreamKind
{
    Directory = 1,
    Buyer = 2,
    Seller = 3,
    Negotiation = 4,
    Tender = 5,
    Ledger = 6,
    Approvals = 7,
}

/// <summary>A stream as the store names it, and how far the audit has come in it.</summary>
internal sealed class StoredStream(long number, StreamKind kind, Guid key)
{
    public long Number { get; } = number;

    public StreamKind Kind { get; } = kind;

    public Guid Key { get; } = key;

    /// <summary>Version, writer and time of its last row so far.</summary>
    public long Version { get; set; }

    public long Writer { get; set; }

    public long LastTicks { get; set; }

    /// <summary>A row of it could not be read: what its later rows mean is not known.</summary>
    public bool IsBroken { get; set; }

    /// <summary>What is known of a negotiation that has not ended.</summary>
    public NegotiationAudit? Negotiation { get; set; }

    /// <summary>What is known of a tender that has not ended.</summary>
    public TenderAudit? Tender { get; set; }

    /// <summary>Whether it was a negotiation or a tender that has ended.</summary>
    public bool HasEnded { get; set; }
}
