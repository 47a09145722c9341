using Market.Domain.Negotiating;

namespace Market.Silo.Tests.Privacy;

/// <summary>What a side tries in one step of a script.</summary>
internal enum PrivacyAttempt
{
    Open,
    Invite,
    BuyNow,
    Offer,
    OfferLast,
    OfferPart,
    Invest,
    Accept,
    AcceptPart,
    Withdraw,
    Reject,
    Leave,
    Join,
    Inquire,
    Inform,
    LookAtMoney,
    LookAtMandate,
    Search,
    Call,
    Bid,
    TakeBidBack,
    Choose,
    EndTender,
    LookAtTender,
    AskApproval,
    AnswerApproval,
    LookAtApprovals,
    Wait,
}

/// <summary>One step: who tries what in which negotiation, with a number that picks the rest.</summary>
internal readonly record struct PrivacyStep(Party By, PrivacyAttempt Attempt, int Slot, int Bend)
{
    private static readonly PrivacyAttempt[] Weighted =
    [
        PrivacyAttempt.Open, PrivacyAttempt.Open, PrivacyAttempt.Open, PrivacyAttempt.Open, PrivacyAttempt.Invite,
        PrivacyAttempt.Invite, PrivacyAttempt.Invite, PrivacyAttempt.BuyNow, PrivacyAttempt.Join, PrivacyAttempt.Join,
        PrivacyAttempt.Offer, PrivacyAttempt.Offer, PrivacyAttempt.Offer, PrivacyAttempt.Offer, PrivacyAttempt.Offer,
        PrivacyAttempt.OfferLast, PrivacyAttempt.OfferPart, PrivacyAttempt.OfferPart, PrivacyAttempt.Invest,
        PrivacyAttempt.Accept, PrivacyAttempt.Accept, PrivacyAttempt.Accept, PrivacyAttempt.Accept,
        PrivacyAttempt.AcceptPart, PrivacyAttempt.AcceptPart, PrivacyAttempt.Withdraw, PrivacyAttempt.Reject,
        PrivacyAttempt.Leave, PrivacyAttempt.Join, PrivacyAttempt.Inquire, PrivacyAttempt.Inform,
        PrivacyAttempt.LookAtMoney, PrivacyAttempt.LookAtMandate, PrivacyAttempt.Search, PrivacyAttempt.Wait,
        PrivacyAttempt.Call, PrivacyAttempt.Call, PrivacyAttempt.Bid, PrivacyAttempt.Bid, PrivacyAttempt.Bid,
        PrivacyAttempt.TakeBidBack, PrivacyAttempt.Choose, PrivacyAttempt.Choose, PrivacyAttempt.Choose,
        PrivacyAttempt.EndTender, PrivacyAttempt.LookAtTender, PrivacyAttempt.LookAtTender,
        PrivacyAttempt.AskApproval, PrivacyAttempt.AskApproval, PrivacyAttempt.AnswerApproval,
        PrivacyAttempt.AnswerApproval, PrivacyAttempt.LookAtApprovals, PrivacyAttempt.Wait, PrivacyAttempt.Wait,
    ];

    /// <summary>Negotiations of one script.</summary>
    public const int Slots = 4;

    /// <summary>Tenders of one script.</summary>
    public const int Tenders = 2;

    /// <summary>A random step.</summary>
    public static PrivacyStep Random(Random random) => new(
        random.Next(2) == 0 ? Party.Buyer : Party.Seller,
        Weighted[random.Next(Weighted.Length)],
        random.Next(Slots),
        random.Next(256));

    /// <summary>A random script.</summary>
    public static PrivacyStep[] Script(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => Random(random))];
}
