using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>Makes the grains of one market; whatever hosts them asks here.</summary>
/// <param name="market">The market.</param>
/// <param name="receipts">Signs receipts.</param>
/// <param name="startingBalance">What the operator deposits to each new buyer's principal, or null.</param>
/// <param name="mandates">Tells agents early what their own mandates do not allow; null for nobody.</param>
/// <param name="listings">Knows which versions of listings are the newest; null where listings do not change.</param>
/// <param name="publishing">How much one agent may publish; null for no limit.</param>
/// <param name="holdsMax">Most open holds on one principal's money.</param>
public sealed class MarketGrains(
    MarketId market,
    IReceiptSigner receipts,
    Money? startingBalance,
    IMandateAdvisor? mandates = null,
    IListingAdvisor? listings = null,
    PublishingLimits? publishing = null,
    int holdsMax = LedgerLimits.HoldsPerPrincipalMax)
{
    /// <summary>A fresh grain of an identity; null where the kind is unknown.</summary>
    public IGrain? Create(GrainId id) => id.Kind switch
    {
        GrainKind.Directory => new DirectoryGrain(startingBalance),
        GrainKind.Ledger => new LedgerGrain(market, holdsMax: holdsMax),
        GrainKind.Tender => new TenderGrain(market, mandates),
        GrainKind.Negotiation => new NegotiationGrain(market, receipts, mandates, listings),
        GrainKind.SellerAgent => new SellerAgentGrain(id, publishing),
        GrainKind.BuyerAgent => new BuyerAgentGrain(id, publishing),
        GrainKind.Approvals => new ApprovalsGrain(),
        _ => null,
    };

    /// <summary>
    /// Whether a message may bring a grain into being that has no row yet: only what opens or publishes.
    /// </summary>
    public static bool Creates(object message) =>
        message is OpenNegotiationCommand or OpenForTender or OpenTenderCommand
            or Domain.Listings.AddListing or Domain.Listings.AddRequest or Domain.Approvals.AskForApproval
            or Domain.Hosting.StartHosting;
}
