using Market.Domain;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>
/// One seller agent: its listings, whose stock it has the ledger bring into being and take back.
/// </summary>
/// <param name="self">This grain's identity.</param>
/// <param name="limits">How much one agent may publish; null for no limit.</param>
public sealed class SellerAgentGrain(GrainId self, PublishingLimits? limits = null) : IGrain
{
    /// <summary>When to ask again for what the ledger has to answer first: it takes one of its turns.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(20);

    private readonly SellerState _state = new();

    /// <inheritdoc/>
    public LedgerTime LastTime => _state.LastTime;

    /// <inheritdoc/>
    public void Apply(object @event)
    {
        switch (@event)
        {
            case ListingAdded added:
                _state.Apply(added);
                break;
            case HostingEvent hosting:
                _state.Apply(hosting);
                break;
            case ListingChangeBegun begun:
                _state.Apply(begun);
                break;
            case ListingChanged changed:
                _state.Apply(changed);
                break;
            case ListingEnded ended:
                _state.Apply(ended);
                break;
            case LedgerCommandAnswered answered:
                _state.Apply(answered);
                break;
            default:
                throw new ArgumentException($"A seller keeps no {@event?.GetType().Name}.", nameof(@event));
        }
    }

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) => message switch
    {
        AddListing add => Publish(ListingMachine.Decide(_state, add, now, limits)),
        HostingCommand command => HostingSteps.Of(
            HostingMachine.Decide(_state, command, now), command, _state.Outbox.Due),
        GetHostings => new GrainStep(new HostingState(_state.Hostings.Shown())),
        ChangeListing change => Change(ListingChangeMachine.Decide(_state, change, now), change.Id),
        EndListing end => End(ListingChangeMachine.Decide(_state, end, now)),
        TellLedgerAnswer { RefusalCode: 0 } answer
            when ListingChangeMachine.Complete(_state, answer.Command, now) is { } changed =>
            new GrainStep(null, changed, _state.Outbox.DueWithout(answer.Command)),
        TellLedgerAnswer answer => LedgerTells.Answered(_state.Outbox, answer, now),
        DeadlineReached => LedgerTells.Again(_state.Outbox, now, self),
        _ => throw new ArgumentException($"A seller takes no {message.GetType().Name}.", nameof(message)),
    };

    private GrainStep Publish(PublishingDecision<ListingAdded, Listing> decision)
    {
        if (decision.Refusal is { } refusal)
        {
            return new GrainStep(Refusals.Of(refusal, fields: decision.Fields));
        }

        var reply = new ListingPublished(decision.Published!);
        return decision.Event is { } added
            ? LedgerTells.First(_state.Outbox, reply, added, added.At, SellerState.MintOf(added.Listing), self)
            : new GrainStep(reply);
    }

    private GrainStep Change(ListingChangeDecision decision, ListingId id)
    {
        object reply = decision.Listing is { } listing ? new ListingPublished(listing) : Refused(decision);
        return decision.Event switch
        {
            ListingChangeBegun begun => LedgerTells.First(
                _state.Outbox, reply, begun, begun.At,
                SellerState.ReturnOf(_state.Find(id)!, begun.Listing, begun.Message), self),
            ListingChanged changed when SellerState.MintOf(_state.Find(id)!, changed) is { } mint =>
                LedgerTells.First(_state.Outbox, reply, changed, changed.At, mint, self),
            ListingChanged changed => new GrainStep(reply, changed, _state.Outbox.Due),
            _ => new GrainStep(reply),
        };
    }

    private GrainStep End(ListingChangeDecision decision) => decision switch
    {
        { Listing: null } => new GrainStep(Refused(decision)),
        { Listing: { } listing, Event: ListingEnded ended } => LedgerTells.First(
            _state.Outbox, new ListingWithdrawn(listing.Id, listing.Version), ended, ended.At,
            SellerState.ReturnOf(listing, ended.Message), self),
        { Listing: { } listing } => new GrainStep(new ListingWithdrawn(listing.Id, listing.Version)),
    };

    private static Refused Refused(ListingChangeDecision decision) => decision.Refusal is { } refusal
        ? Refusals.Of(refusal, fields: decision.Fields)
        : Refusals.Of(GatewayRefusal.OutcomeUnknown, "The ledger answers first.", AskAgainAfter);
}
