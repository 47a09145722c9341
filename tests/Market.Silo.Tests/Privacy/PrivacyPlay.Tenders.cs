using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;

namespace Market.Silo.Tests.Privacy;

/// <content>Steps of tenders: the buyer calls, the seller bids, the buyer chooses from what was revealed.</content>
internal sealed partial class PrivacyPlay
{
    private object? TenderMessageOf(PrivacyStep step, MessageId message, TenderState? state)
    {
        if (step.Attempt == PrivacyAttempt.Call && state is null or { HasEnded: true })
        {
            return CallOf(step, message);
        }

        if (state is null)
        {
            return step.Bend % 4 == 0 ? new FindTenders() : null;
        }

        var tender = state.Call.Tender;
        return step.Attempt switch
        {
            PrivacyAttempt.Bid => new SubmitBid(
                message, tender, world.Listing.Id, world.Listing.Version, [new OrderLine(0, 1)],
                OfferOf(step with { Attempt = step.Bend % 3 == 0 ? PrivacyAttempt.Invest : PrivacyAttempt.Offer }),
                Hash256.Of([(byte)step.Bend])),
            PrivacyAttempt.TakeBidBack => new WithdrawBid(message, tender),
            PrivacyAttempt.Choose => state.Revealed is [var bid, ..]
                ? new ChooseBids(message, tender, [bid.Hash])
                : null,
            PrivacyAttempt.EndTender => state.Status == TenderStatus.Collecting
                ? new CancelTender(message, tender)
                : new CloseTender(message, tender),
            _ => (step.Bend % 4) switch
            {
                0 => new GetTender(tender),
                1 => new GetBids(tender),
                2 => new GetBidHashes(tender),
                _ => new FindTenders(),
            },
        };
    }

    private OpenTender CallOf(PrivacyStep step, MessageId message) => new(
        message,
        world.Request,
        world.Mandates[Party.Buyer],
        TimeSpan.FromMinutes(1 + (step.Bend % 3)),
        step.Bend % 2 == 0 ? [world.NumberOf(Party.Seller)] : [],
        RoundsMax: 3 + (step.Bend % 5),
        TimeSpan.FromMinutes(5 + (step.Bend % 30)));
}
