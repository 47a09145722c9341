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
    Moment? DeliveryDeadline,
    byte? BuyerSigner,
    byte? SellerSigner)
{
    private const byte LastSigner = 2;

    /// <summary>The receipt of these bytes, all of them.</summary>
    /// <exception cref="UnreadableException">They are none.</exception>
    public static ReceiptForm Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FormReader(bytes);
        var count = reader.BeginArray(required: 13);
        var receipt = new ReceiptForm(
            new(reader.Id()), new(reader.Hash()), reader.Hash(), new(reader.Id()), reader.Int64(), reader.Moment(),
            reader.Amount(), reader.Agent(), reader.Principal(), reader.Agent(), reader.Principal(),
            (SettlementMode)reader.Member(2), reader.OptionalMoment(),
            count > 13 ? reader.Member(LastSigner) : null,
            count > 14 ? reader.Member(LastSigner) : null);
        reader.EndArray(Math.Max(0, count - 15));
        reader.End();
        return receipt;
    }
}
