using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Domain.Tendering;

/// <summary>What everyone who may bid knows of a tender. It never changes.</summary>
/// <param name="Tender">The tender.</param>
/// <param name="Request">
/// What is asked for. Where it has issues, every bid gives a value for each; else a bid is on the issues of its
/// listing.
/// </param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="EndsAt">When the window ends and all bids are revealed together.</param>
/// <param name="Commitment">
/// <see cref="TenderHashes.OfNonce"/> of the nonce that will shuffle the bids: the market is bound to it from the
/// start.
/// </param>
/// <param name="Rules">The rules of the negotiations that follow with the chosen bidders.</param>
/// <param name="IsByInvitation">Whether only invited sellers may bid.</param>
/// <param name="FinalRoundOf">
/// The earlier tender whose chosen bidders give their best and final bids here, or null.
/// </param>
public sealed record TenderCall(
    TenderId Tender,
    Request Request,
    LedgerTime OpenedAt,
    LedgerTime EndsAt,
    Hash256 Commitment,
    NegotiationRules Rules,
    bool IsByInvitation,
    TenderId? FinalRoundOf)
{
    /// <summary>The issues that every bid is on; null where each bid is on its listing's.</summary>
    public Agenda? Agenda => Request.Draft is { Currency: { } currency, Issues.Count: > 0 } draft
        ? new Agenda(currency, draft.Issues)
        : null;

    /// <summary>
    /// The agenda of a bid: the request's issues with the charges of the listing, or the listing's own.
    /// </summary>
    /// <param name="listed">The agenda of the order that is offered, as its listing has it.</param>
    public Agenda AgendaFor(Agenda listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return Agenda is { } asked ? asked with { Charges = listed.Charges } : listed;
    }
}
