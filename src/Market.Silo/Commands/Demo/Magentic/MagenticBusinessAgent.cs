using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// A business as an agent: it lists its menu, and its strategy answers each customer's bids with firm offers.
/// </summary>
/// <param name="own">The business's own file.</param>
/// <param name="preset">How it concedes.</param>
/// <param name="note">Is told what the agent does; null for nobody.</param>
internal sealed class MagenticBusinessAgent(
    MagenticBusiness own, TimeDependentPreset preset, Action<MagenticAct>? note) : DemoSeller
{
    /// <inheritdoc/>
    protected override async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var name = DemoText.NameOf(own.Profile.Name);
        var disclosure = new Disclosure(name, preset.Name, string.Empty);
        await Market.RegisterSellerAsync(name, DemoText.HandleOf(own.Profile.Id.Value), disclosure, cancellationToken)
            .ConfigureAwait(false);
        await Market.PublishListingAsync(MagenticListing.DraftOf(own.Profile), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task ServeAsync(
        Client.Negotiation negotiation, DemoTasks tasks, CancellationToken cancellationToken)
    {
        tasks.Start(stopping => ConductAsync(negotiation, stopping));
        return Task.CompletedTask;
    }

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
