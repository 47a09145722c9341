namespace Market.Domain.Negotiating;

/// <summary>Where a negotiation stands. All ends are final.</summary>
public enum NegotiationStatus : byte
{
    /// <summary>Nothing has happened yet.</summary>
    None = 0,

    /// <summary>Opened without an offer; the other side has not answered.</summary>
    Invited = 1,

    /// <summary>Both sides are here; no offer has been made.</summary>
    Open = 2,

    /// <summary>Offers are being made; one side has the turn.</summary>
    Negotiating = 3,

    /// <summary>An offer was accepted; the ledger has not answered yet.</summary>
    Agreed = 4,

    /// <summary>End: the deal is in the ledger.</summary>
    Settled = 5,

    /// <summary>End: the ledger refused the deal.</summary>
    SettlementFailed = 6,

    /// <summary>End: a side turned the standing offer down.</summary>
    Rejected = 7,

    /// <summary>End: a side left.</summary>
    Withdrawn = 8,

    /// <summary>End: its time was up.</summary>
    Expired = 9,

    /// <summary>End: the market ended it, since nobody moved or there is nothing left to deal in.</summary>
    Cancelled = 10,
}
