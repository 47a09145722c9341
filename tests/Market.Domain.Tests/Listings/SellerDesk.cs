using Market.Domain.Listings;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Listings;

/// <summary>A seller's state with one published listing, to which commands are told as a grain tells them.</summary>
internal sealed class SellerDesk
{
    private int _message = 100;

    /// <param name="isMinted">Whether the ledger has answered that the listing's stock is there.</param>
    public SellerDesk(bool isMinted = true)
    {
        var added = ListingMachine.Decide(State, SomeListing.Add(), Some.Noon).Event!;
        State.Apply(added);
        if (isMinted)
        {
            Answer(SellerState.MintOf(added.Listing).Id, refusalCode: 0);
        }
    }

    public SellerState State { get; } = new();

    public ListingId Id { get; } = SomeListing.Add().Id;

    private LedgerTime Now => LedgerTime.After(State.LastTime, Some.Noon);

    public static ChangeListing Command(int message, int version, ListingDraft draft) => new(
        Some.SellerAgent, Some.Seller.Principal, Some.Message(message, Some.Noon), Some.Digest(message),
        SomeListing.Add().Id, version, draft);

    /// <summary>A change of the newest draft, by a new act.</summary>
    public ListingChangeDecision Change(int version, Func<ListingDraft, ListingDraft> change) =>
        Tell(Command(_message++, version, change(State.Find(Id)!.Draft)));

    public ListingChangeDecision Tell(ChangeListing command) =>
        Applied(ListingChangeMachine.Decide(State, command, Now));

    public ListingChangeDecision End(int version)
    {
        var message = _message++;
        return Applied(ListingChangeMachine.Decide(
            State,
            new EndListing(
                Some.SellerAgent, Some.Seller.Principal, Some.Message(message, Some.Noon), Some.Digest(message), Id,
                version),
            Now));
    }

    /// <summary>The ledger's answer to a command.</summary>
    public void Answer(LedgerCommandId command, int refusalCode)
    {
        if (refusalCode == 0 && ListingChangeMachine.Complete(State, command, Now) is { } changed)
        {
            State.Apply(changed);
            return;
        }

        State.Apply(new LedgerCommandAnswered(Now, command, refusalCode));
    }

    private ListingChangeDecision Applied(ListingChangeDecision decision)
    {
        switch (decision.Event)
        {
            case ListingChanged changed:
                State.Apply(changed);
                break;
            case ListingChangeBegun begun:
                State.Apply(begun);
                break;
            case ListingEnded ended:
                State.Apply(ended);
                break;
            default:
                Assert.Null(decision.Event);
                break;
        }

        return decision;
    }
}
