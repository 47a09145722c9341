using System.Runtime.CompilerServices;
using Market.Client.Following;
using Market.Domain;
using Market.Domain.Tendering;

namespace Market.Client;

/// <summary>
/// A tender of this agent: sealed bids until its window ends, then awards or negotiations with a chosen few.
/// </summary>
public sealed partial class Tender
{
    private readonly MarketClient _client;
    private readonly NegotiationContext _context;
    private readonly NegotiationBook _book;

    internal Tender(MarketClient client, NegotiationContext context, NegotiationBook book, TenderId id) =>
        (_client, _context, _book, Id) = (client, context, book, id);

    /// <summary>The tender.</summary>
    public TenderId Id { get; }

    /// <summary>Waits until all bids are revealed; null where the tender was cancelled before.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public Task<TenderReveal?> WaitForRevealAsync(CancellationToken cancellationToken = default) =>
        _client.WaitForRevealAsync(Id, cancellationToken);

    /// <summary>
    /// The bids in the order that the market's seed has shuffled them to; page after page as they are read.
    /// </summary>
    /// <exception cref="MarketRefusedException">The bids are sealed still.</exception>
    public async IAsyncEnumerable<Bid> BidsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = 0;
        BidsPage page;
        do
        {
            page = await _context.Link.AskAsync<BidsPage>(new GetBids(Id, after), cancellationToken)
                .ConfigureAwait(false);
            for (var i = 0; i < page.Bids.Count; i++)
            {
                after = page.Bids[i].Place;
                yield return page.Bids[i];
            }
        }
        while (page.HasMore && page.Bids.Count > 0);
    }

    /// <summary>
    /// Opens a negotiation with each of some bidders, its bid standing as the first offer: accept it, counter it, or
    /// reject it. Returns when all are open, in the order given.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it: then none is opened.</exception>
    public async Task<IReadOnlyList<Negotiation>> ChooseAsync(
        IEnumerable<Bid> bids, CancellationToken cancellationToken = default)
    {
        var act = new ChooseBids(_context.NewMessageId(), Id, bids.Select(bid => bid.Hash).ToValueArray());
        var negotiations = act.Bids
            .Select(bid => TenderMachine.NegotiationOf(_client.Market, _client.Agent!.Number, bid, act.Message))
            .ToArray();
        var opened = negotiations.Select(_book.Expect).ToArray();
        try
        {
            await _context.Link.AskAsync<BidsWereChosen>(act, cancellationToken).ConfigureAwait(false);
            return await Task.WhenAll(opened).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var negotiation in negotiations)
            {
                _book.Forget(negotiation);
            }
        }
    }

    /// <summary>Awards: chooses a firm bid, accepts it, and waits until the deal is settled.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    /// <exception cref="NoDealException">The bid was withdrawn meanwhile, or the ledger could not settle
    /// it.</exception>
    public async Task<Deal> AwardAsync(Bid bid, CancellationToken cancellationToken = default)
    {
        var negotiation = (await ChooseAsync([bid], cancellationToken).ConfigureAwait(false))[0];
        if (negotiation.State.Standing is { } offer)
        {
            await negotiation.AcceptAsync(offer, cancellationToken).ConfigureAwait(false);
        }

        return await negotiation.WaitForDealAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the tender up before its window ends; no bid is shown to anyone.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<TenderRecorded> CancelAsync(CancellationToken cancellationToken = default) =>
        _context.Link.AskAsync<TenderRecorded>(new CancelTender(_context.NewMessageId(), Id), cancellationToken);

    /// <summary>Ends the tender after the reveal; all who bid are told at once and alike.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<TenderRecorded> CloseAsync(CancellationToken cancellationToken = default) =>
        _context.Link.AskAsync<TenderRecorded>(new CloseTender(_context.NewMessageId(), Id), cancellationToken);
}
