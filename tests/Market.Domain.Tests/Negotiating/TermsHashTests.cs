using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>INV-9: the hash that both sides sign covers every field of what they agree.</summary>
public sealed class TermsHashTests
{
    private static readonly Terms Agreed = Some.Terms(60_00) with { Labels = ["For Ada"] };

    public static TheoryData<string> Changes => new(Cases.Keys);

    private static Dictionary<string, Hash256> Cases { get; } = new()
    {
        ["the market"] = Hash(market: new MarketId(Guid.Parse("00000000-0000-7000-8000-0000000000ab"))),
        ["the negotiation"] = Hash(negotiation: new NegotiationId(Guid.Parse("00000000-0000-7000-8000-0000000000bc"))),
        ["the listing"] = Hash(Some.Subject with { Listing = new ListingId(Some.Market.Value) }),
        ["the version"] = Hash(Some.Subject with { ListingVersion = 2 }),
        ["the request"] = Hash(Some.Subject with { Request = null }),
        ["the order"] = Hash(Some.Subject with { Order = [new OrderLine(0, 2)] }),
        ["the currency"] = Hash(Some.Subject with { Agenda = Some.Agenda with { Currency = Currency.Of("EUR", 2) } }),
        ["a value"] = Hash(terms: Agreed with { Outcome = Outcome.Of(60_00, 4, 12) }),
        ["the total"] = Hash(terms: Agreed with { TotalMinorUnits = 60_01 }),
        ["a label"] = Hash(terms: Agreed with { Labels = ["For Bea"] }),
        ["no label"] = Hash(terms: Agreed with { Labels = [] }),
        ["a charge that the total counts"] = Hash(terms: WithCharges.TermsOf(Agreed.Outcome, Agreed.Labels)),
    };

    private static Agenda WithCharges => Some.Agenda with { Charges = [Charge.Fee("handling", 2)] };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Another_field_makes_another_hash(string change)
    {
        Assert.Equal(Hash(), Hash());
        Assert.NotEqual(Hash(), Cases[change]);
        Assert.Equal(Cases.Count, Cases.Values.Distinct().Count());
    }

    private static Hash256 Hash(
        Subject? subject = null, Terms? terms = null, MarketId? market = null, NegotiationId? negotiation = null) =>
        NegotiationHashes.OfTerms(
            market ?? Some.Market, negotiation ?? Some.Negotiation, subject ?? Some.Subject, terms ?? Agreed);
}
