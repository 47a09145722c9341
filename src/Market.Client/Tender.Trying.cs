using Market.Domain.Tendering;

namespace Market.Client;

/// <content>What a tender's buyer does, its refusals as results.</content>
public sealed partial class Tender
{
    /// <summary>As <see cref="ChooseAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<IReadOnlyList<Negotiation>>> TryChooseAsync(
        IEnumerable<Bid> bids, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(ChooseAsync(bids, cancellationToken));

    /// <summary>As <see cref="AwardAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<Deal>> TryAwardAsync(Bid bid, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(AwardAsync(bid, cancellationToken));

    /// <summary>As <see cref="CancelAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<TenderRecorded>> TryCancelAsync(CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(CancelAsync(cancellationToken));

    /// <summary>As <see cref="CloseAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<TenderRecorded>> TryCloseAsync(CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(CloseAsync(cancellationToken));
}
