namespace Market.Domain.Tests.Negotiating;

/// <summary>Who makes a move of a script.</summary>
public enum Actor : byte
{
    Buyer = 0,
    Seller = 1,
    WhoeverHasTheTurn = 2,
    Stranger = 3,
}

/// <summary>What a move tries. Most moves make offers, so that negotiations last.</summary>
public enum Attempt : byte
{
    Offer = 0,
    Accept = 1,
    Withdraw = 2,
    Reject = 3,
    Leave = 4,
    Join = 5,
    Retry = 6,
    ReuseMessageId = 7,
    PassTime = 8,
    AnswerSettlement = 9,
    Inquire = 10,
    Inform = 11,
    Cancel = 12,
}

/// <summary>One move of a script, from two bytes: who tries what, and how it is bent.</summary>
/// <param name="By">Who.</param>
/// <param name="Attempt">What.</param>
/// <param name="Bend">A number that picks prices, waits, and what is wrong with the act.</param>
public readonly record struct Move(Actor By, Attempt Attempt, byte Bend)
{
    private static readonly Attempt[] Weighted =
    [
        Attempt.Offer, Attempt.Offer, Attempt.Offer, Attempt.Offer, Attempt.Offer, Attempt.Offer, Attempt.Offer,
        Attempt.Offer, Attempt.Offer, Attempt.Offer, Attempt.Offer, Attempt.Accept, Attempt.Accept, Attempt.Accept,
        Attempt.Accept, Attempt.Withdraw, Attempt.Withdraw, Attempt.Reject, Attempt.Reject, Attempt.Leave,
        Attempt.Join, Attempt.Join, Attempt.Retry, Attempt.Retry, Attempt.ReuseMessageId, Attempt.PassTime,
        Attempt.AnswerSettlement, Attempt.AnswerSettlement, Attempt.Inquire, Attempt.Inquire, Attempt.Inform,
        Attempt.Cancel,
    ];

    private static readonly Actor[] Actors =
    [
        Actor.WhoeverHasTheTurn, Actor.WhoeverHasTheTurn, Actor.Buyer, Actor.Seller,
        Actor.WhoeverHasTheTurn, Actor.Buyer, Actor.Seller, Actor.Stranger,
    ];

    public static Move Of(byte first, byte second) =>
        new(Actors[first & 7], Weighted[first >> 3], second);

    /// <summary>How long after the move before: mostly not at all or seconds, at times past every deadline.</summary>
    public TimeSpan Wait => (Bend >> 4) switch
    {
        < 6 => TimeSpan.Zero,
        < 12 => TimeSpan.FromSeconds(Bend),
        < 15 => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromMinutes(6),
    };

    /// <summary>Whether an ending move is made at all: most scripts should go on for a while.</summary>
    public bool IsSpared => Attempt is Attempt.Reject or Attempt.Leave or Attempt.Cancel && (Bend & 3) != 0;

    /// <summary>Whether the act is wrong in the one way that has this number, 0 to 15.</summary>
    public bool IsBent(int way) => (Bend & 15) == way;
}
