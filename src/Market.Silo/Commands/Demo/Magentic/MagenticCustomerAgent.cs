using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Strategies;
using Market.Domain.Tendering;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// A customer as an agent: it finds its matching businesses by search, negotiates with all of them in lockstep, and
/// buys from one.
/// </summary>
/// <param name="own">The customer's own file.</param>
/// <param name="preset">How it concedes.</param>
/// <param name="progress">Counts offers.</param>
/// <param name="note">Is told what the agent does; null for nobody.</param>
/// <param name="byTender">Whether it asks for sealed quotes first, and negotiates with all who quoted.</param>
/// <param name="isSoldOut">Which businesses it need not visit any more; null for none.</param>
internal sealed class MagenticCustomerAgent(
    MagenticCustomer own,
    TimeDependentPreset preset,
    DemoProgress progress,
    Action<MagenticAct>? note,
    bool byTender = false,
    Func<MagenticId, bool>? isSoldOut = null) : DemoAgent
{
    private Request? _request;
    private List<MagenticTable> _tables = [];

    private MagenticId Id => own.Profile.Id;

    /// <summary>Negotiates, and buys where anything is worth its price.</summary>
    /// <returns>What was bought; null where nothing was.</returns>
    /// <exception cref="OutcomeSpaceTooLargeException">A posted price is above 10,000 dollars.</exception>
    public async Task<MagenticSale?> BuyAsync(CancellationToken cancellationToken)
    {
        _tables = await FindTablesAsync(cancellationToken).ConfigureAwait(false);
        if (byTender && _tables.Count > 0)
        {
            _tables = await QuotedAsync(cancellationToken).ConfigureAwait(false);
        }

        var sale = await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        progress.CountDecided(sale is not null);
        return sale;
    }

    /// <inheritdoc/>
    protected override async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var name = DemoText.NameOf(own.Profile.Name);
        var disclosure = new Disclosure(name, preset.Name, string.Empty);
        await Market.RegisterBuyerAsync(name, DemoText.HandleOf(Id.Value), disclosure, cancellationToken)
            .ConfigureAwait(false);
        var draft = new RequestDraft(name, DemoText.TextOf(own.Profile.Request), Quantity: 1)
        {
            Lines = byTender ? own.Profile.Items.Select(static item => new RequestLine(item, 1)).ToValueArray() : [],
        };
        _request = await Market.PublishRequestAsync(draft, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<MagenticTable>> FindTablesAsync(CancellationToken cancellationToken)
    {
        var tables = new List<MagenticTable>();
        var found = Market.SearchAsync(MagenticListing.QueryFor(own.Profile), cancellationToken);
        await foreach (var listing in found.ConfigureAwait(false))
        {
            if (MagenticListing.BusinessOf(listing.Draft) is { } business
                && isSoldOut?.Invoke(business) is not true
                && MagenticListing.OrderOf(listing.Draft, own.Profile.Items) is { } order)
            {
                tables.Add(new MagenticTable(Market, listing, business, order, _request!.Id));
            }
        }

        return [.. tables.OrderBy(static table => table.Business)];
    }

    /// <summary>
    /// Asks the matching businesses for sealed quotes; each quote that comes is the first offer of a negotiation.
    /// </summary>
    private async Task<List<MagenticTable>> QuotedAsync(CancellationToken cancellationToken)
    {
        var tender = await Market.OpenTenderAsync(
            _request!,
            new TenderSettings
            {
                Window = MagenticRules.TenderWindow,
                Invited = _tables.Take(TenderLimits.InvitedMax).Select(static table => table.Seller).ToValueArray(),
                RoundsMax = MagenticRules.RoundsMax + 1, // the quote, and an answer to each bid
            },
            cancellationToken).ConfigureAwait(false);
        await tender.WaitForRevealAsync(cancellationToken).ConfigureAwait(false);
        var bids = new List<Bid>();
        await foreach (var bid in tender.BidsAsync(cancellationToken).ConfigureAwait(false))
        {
            bids.Add(bid);
        }

        progress.CountOffers(bids.Count);
        if (bids.Count == 0)
        {
            return [];
        }

        var negotiations = await tender.ChooseAsync(bids, cancellationToken).ConfigureAwait(false);
        var quoted = new List<MagenticTable>();
        foreach (var (bid, negotiation) in bids.Zip(negotiations))
        {
            var table = _tables.Single(table => table.Seller == bid.Seller);
            table.TakeUp(negotiation);
            quoted.Add(table);
        }

        return [.. quoted.OrderBy(static table => table.Business)];
    }

    private async Task<MagenticSale?> NegotiateAsync(CancellationToken cancellationToken)
    {
        var policy = new MagenticBuyer(own, _tables.Select(static table => table.Posted), preset);
        for (var round = 0; round < MagenticRules.RoundsMax; round++)
        {
            var act = policy.Act(round, FirmOffers());
            while (act.Accepted is { } accepted)
            {
                if (await AcceptAsync(accepted, round, cancellationToken).ConfigureAwait(false) is { } sale)
                {
                    return sale;
                }

                act = policy.Act(round, FirmOffers());
            }

            await Task.WhenAll(act.Bids.Select(bid => BidAsync(bid, round, cancellationToken))).ConfigureAwait(false);
        }

        return await TakeBestAsync(policy, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After the last round. Who is left with nothing worth its price leaves every table.</summary>
    private async Task<MagenticSale?> TakeBestAsync(MagenticBuyer policy, CancellationToken cancellationToken)
    {
        const int Round = MagenticRules.RoundsMax;
        while (policy.TakeBest(FirmOffers()) is { } best)
        {
            var sale = best.IsPosted
                ? await BuyNowAsync(best.Price, cancellationToken).ConfigureAwait(false)
                : await AcceptAsync(best.Price, Round, cancellationToken).ConfigureAwait(false);
            if (sale is not null)
            {
                return sale;
            }
        }

        await LeaveAsync(Round, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task BidAsync(MagenticPrice bid, int round, CancellationToken cancellationToken)
    {
        var table = TableOf(bid.Business);
        if (!table.IsOpen)
        {
            return;
        }

        var before = table.OffersMade;
        if (await table.BidAsync(bid.TotalCents, cancellationToken).ConfigureAwait(false))
        {
            Note(table.Negotiation, round, MagenticActKind.Bid, bid.TotalCents);
        }

        progress.CountOffers(table.OffersMade - before);
    }

    /// <summary>
    /// Accepts an offer; null where the offer was gone by then. The market ends the talks at the other tables, since
    /// the need is filled.
    /// </summary>
    private async Task<MagenticSale?> AcceptAsync(MagenticPrice price, int round, CancellationToken cancellationToken)
    {
        var table = TableOf(price.Business);
        if (!await table.TryAcceptAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        Note(table.Negotiation, round, MagenticActKind.Accept, price.TotalCents);
        return SaleOf(await table.WaitForDealAsync(cancellationToken).ConfigureAwait(false), price, round, false);
    }

    private async Task<MagenticSale?> BuyNowAsync(MagenticPrice price, CancellationToken cancellationToken)
    {
        const int Round = MagenticRules.RoundsMax;
        var deal = await TableOf(price.Business).BuyNowAsync(cancellationToken).ConfigureAwait(false);
        Note(deal.Negotiation, Round, MagenticActKind.Buy, price.TotalCents);
        return SaleOf(deal, price, Round, isPosted: true);
    }

    private Task LeaveAsync(int round, CancellationToken cancellationToken) => Task.WhenAll(_tables
        .Where(static table => table.IsLive)
        .Select(table =>
        {
            Note(table.Negotiation, round, MagenticActKind.Leave, 0);
            return table.LeaveAsync(cancellationToken);
        }));

    private Dictionary<MagenticId, long> FirmOffers() => _tables
        .Where(static table => table.FirmOfferCents is not null)
        .ToDictionary(static table => table.Business, static table => table.FirmOfferCents!.Value);

    private MagenticTable TableOf(MagenticId business) => _tables.Single(table => table.Business == business);

    private MagenticSale SaleOf(Deal deal, MagenticPrice price, int round, bool isPosted)
    {
        var paid = price with { TotalCents = deal.Total.MinorUnits };
        var quoted = _tables.Where(static table => table.FirstQuotedAt is not null).ToList();
        var first = quoted.OrderBy(static table => table.FirstQuotedAt).ThenBy(static table => table.Business);
        return new MagenticSale(
            Id,
            paid,
            Math.Min(round + 1, MagenticRules.RoundsMax),
            isPosted,
            quoted.Count,
            first.FirstOrDefault()?.Business,
            deal.Subject.Order,
            deal.Subject.Agenda.BreakdownOf(deal.Terms.Outcome).Parts.Sum(static part => part.AmountMinor),
            TableOf(price.Business).LeastAskCents);
    }

    private void Note(NegotiationId negotiation, int round, MagenticActKind kind, long totalCents) =>
        note?.Invoke(new MagenticAct(negotiation, round, Id, kind, totalCents));
}
