using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Domain.Tendering;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// A business as an agent: it lists its menu, and its strategy answers each customer's bids with firm offers.
/// </summary>
/// <param name="own">The business's own file.</param>
/// <param name="preset">How it concedes.</param>
/// <param name="note">Is told what the agent does; null for nobody.</param>
/// <remarks>Where it is invited to a tender it bids its strategy's first offer, sealed and firm.</remarks>
internal sealed class MagenticBusinessAgent(
    MagenticBusiness own, TimeDependentPreset preset, Action<MagenticAct>? note) : DemoSeller
{
    private Listing _listing = null!;

    /// <inheritdoc/>
    protected override void Begin(DemoTasks tasks) => tasks.Start(BidAsync);

    /// <inheritdoc/>
    protected override async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var name = DemoText.NameOf(own.Profile.Name);
        var disclosure = new Disclosure(name, preset.Name, string.Empty);
        await Market.RegisterSellerAsync(name, DemoText.HandleOf(own.Profile.Id.Value), disclosure, cancellationToken)
            .ConfigureAwait(false);
        _listing = await Market.PublishListingAsync(MagenticListing.DraftOf(own.Profile), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task ServeAsync(
        Client.Negotiation negotiation, DemoTasks tasks, CancellationToken cancellationToken)
    {
        tasks.Start(stopping => ConductAsync(negotiation, stopping));
        return Task.CompletedTask;
    }

    private async Task BidAsync(CancellationToken cancellationToken)
    {
        await foreach (var notice in Market.NoticesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (notice.Event is SellerInvited { Call: var call }
                && MagenticListing.OrderOf(_listing.Draft, ItemsOf(call)) is { } order)
            {
                await Market.BidAsync(call, _listing, QuoteFor(order), order, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private ProposedOffer QuoteFor(ValueArray<OrderLine> order)
    {
        var items = MagenticListing.ItemsOf(own.Profile, order)!.Value;
        var first = new MagenticSeller(own, items, preset).Strategy.Propose(relativeTime: 0);
        var agenda = ListingRules.SubjectOf(_listing, order, request: null).Agenda;
        return new ProposedOffer(agenda.TermsOf(first), OfferBinding.Firm, MagenticRules.QuoteValidity);
    }

    private static ValueArray<string> ItemsOf(TenderCall call) =>
        call.Request.Draft.Lines.Select(static line => line.Name).ToValueArray();

    private async Task ConductAsync(Client.Negotiation negotiation, CancellationToken cancellationToken)
    {
        if (MagenticListing.ItemsOf(own.Profile, negotiation.State.Subject.Order) is not { } items)
        {
            await negotiation.TryLeaveAsync(ReasonCode.Quantity, cancellationToken).ConfigureAwait(false);
            return;
        }

        var seller = new MagenticSeller(own, items, preset);
        var strategy = new NotedStrategy(seller.Strategy, negotiation.Id, own.Profile.Id, note);
        await negotiation.RunAsync(strategy, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A strategy of which every offer is noted down.</summary>
    private sealed class NotedStrategy(
        INegotiator strategy, NegotiationId negotiation, MagenticId actor, Action<MagenticAct>? note) : INegotiator
    {
        public NegotiatorAct Act(in NegotiationView view)
        {
            var act = strategy.Act(view);
            note?.Invoke(act.Kind == NegotiatorActKind.Propose
                ? new MagenticAct(negotiation, view.Round, actor, MagenticActKind.Offer, act.Outcome[0])
                : new MagenticAct(negotiation, view.Round, actor, MagenticActKind.Leave, 0));
            return act;
        }
    }
}
