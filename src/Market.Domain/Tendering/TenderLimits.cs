namespace Market.Domain.Tendering;

/// <summary>The limits of tenders, each with its reason. Above one a caller gets a typed refusal.</summary>
public static class TenderLimits
{
    /// <summary>Sellers that a buyer invites by name: each is told in a row of its own.</summary>
    public const int InvitedMax = 64;

    /// <summary>Bidders of one tender: bounds its memory and the time of its reveal.</summary>
    public const int BidsMax = 4_096;

    /// <summary>
    /// Bids and withdrawals of one seller in one tender: bounds its stream. Each seller's own are counted, so that the
    /// limit tells nothing of the others.
    /// </summary>
    public const int ActsOfOneSellerMax = 64;

    /// <summary>Bids chosen by one act: each is told to a negotiation in the same step.</summary>
    public const int ChosenAtOnceMax = 64;

    /// <summary>Tenders of one agent that have not ended: bounds what one agent keeps armed.</summary>
    public const int OpenTendersMax = 256;

    /// <summary>Bids of one page; the gateway cuts it further so that it fits a frame.</summary>
    public const int PageMax = 256;

    /// <summary>Longest window: as long as the market remembers message ids.</summary>
    public static readonly TimeSpan WindowMax = TimeSpan.FromDays(7);
}
