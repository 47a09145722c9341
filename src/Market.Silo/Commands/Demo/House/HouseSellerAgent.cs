using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Demo.House;

/// <summary>
/// A seller of the house's market: it lists its goods, and negotiates with one buyer after another until they are sold.
/// </summary>
/// <param name="own">Its profile and its preferences.</param>
/// <param name="progress">Counts offers.</param>
internal sealed class HouseSellerAgent(HouseAgent own, DemoProgress progress) : DemoSeller
{
    private readonly HouseStrategy _strategy = new(own, progress);
    private long _stock = own.Profile.Quantity;

    /// <inheritdoc/>
    protected override async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var profile = own.Profile;
        var disclosure = new Disclosure("the house", own.Secret.Strategy.Name, string.Empty);
        await Market.RegisterSellerAsync(
            profile.Name, DemoText.HandleOf(profile.Name), disclosure, cancellationToken).ConfigureAwait(false);
        var draft = new ListingDraft(
            profile.Name,
            profile.Category.Name,
            $"One {profile.Category.Name}; everything about it is negotiable.",
            [new ListingLine(profile.Category.Name, profile.Category.TypicalCents)],
            [],
            profile.Category.Agenda.Currency,
            profile.Category.Agenda.Issues,
            [],
            profile.Quantity);
        await Market.PublishListingAsync(draft, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ServeAsync(
        Client.Negotiation negotiation, DemoTasks tasks, CancellationToken cancellationToken)
    {
        if (_stock == 0)
        {
            // The market ends what is about a listing that is sold out, and may be quicker than any word of ours.
            await negotiation.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!_strategy.HasAnythingToGain)
        {
            // What is sold out the market ends by itself; it may have been quicker.
            await negotiation.TryLeaveAsync(ReasonCode.Quantity, cancellationToken).ConfigureAwait(false);
            return;
        }

        var result = await negotiation.RunAsync(_strategy, cancellationToken).ConfigureAwait(false);
        if (result.Deal is not null)
        {
            _stock--;
        }
    }
}
