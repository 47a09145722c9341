namespace Market.Silo.Commands.Audit.Reading;

/// <summary>What a receipt says, as docs/wire.md gives its form.</summary>
internal sealed record ReceiptForm(
    MarketId Market,
    DealId Deal,
    Hash32 TermsHash,
    NegotiationId Negotiation,
    long Entry,
    Moment At,
    Amount Total,
    AgentNumber BuyerAgent,
    PrincipalNumber BuyerPrincipal,
    AgentNumber SellerAgent,
    PrincipalNumber SellerPrincipal,
    SettlementMode Mode,
    Moment? DeliveryDeadline)
{
    /// <summary>The receipt of these bytes, all of them.</summary>
    /// <exception cref="UnreadableException">They are none.</exception>
    public static ReceiptForm Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FormReader(bytes);
        var count = reader.BeginArray(required: 13);
        var receipt = new ReceiptForm(
            new(reader.Id()), new(reader.Hash()), reader.Hash(), new(reader.Id()), reader.Int64(), reader.Moment(),
            reader.Amount(), reader.Agent(), reader.Principal(), reader.Agent(), reader.Principal(),
            (SettlementMode)reader.Member(2), reader.OptionalMoment());
        reader.EndArray(count - 13);
        reader.End();
        return receipt;
    }
}
