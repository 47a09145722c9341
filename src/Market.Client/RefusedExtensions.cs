using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>What a client makes of the market's refusals.</summary>
public static class RefusedExtensions
{
    extension(Refused refused)
    {
        /// <summary>Why, to switch over; a number without a name where the market is newer than this library.</summary>
        public RefusalCode RefusalCode => (RefusalCode)refused.Code;

        /// <summary>
        /// Whether the negotiation has merely moved on, as it does when both sides act at once: look at its new state,
        /// which follows as an event, and decide again. <see cref="RefusalCode.OfferIsNotYours"/> is among them because
        /// an offer that is taken back may have been countered just before.
        /// </summary>
        public bool IsRace => refused.RefusalCode is RefusalCode.SeqIsStale or RefusalCode.NotYourTurn
            or RefusalCode.OfferSuperseded or RefusalCode.OfferNotStanding or RefusalCode.OfferHasExpired
            or RefusalCode.NegotiationHasEnded or RefusalCode.NegotiationHasExpired or RefusalCode.OfferAlreadyAccepted
            or RefusalCode.NotInvited or RefusalCode.OfferIsNotYours;

        /// <summary>
        /// Whether the same message must be sent again, with the same id, to get its answer. The client does so. A
        /// newer gateway may have more such refusals: they are those that say after which time.
        /// </summary>
        internal bool MustAskAgain => refused.RefusalCode
            is RefusalCode.Overloaded or RefusalCode.OutcomeUnknown or RefusalCode.ShuttingDown
            || (refused.Code is > 3_000 and < 4_000 && refused.RetryAfter is not null);
    }
}
