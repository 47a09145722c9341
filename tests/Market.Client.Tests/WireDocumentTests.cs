using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Market.Client.Connecting;
using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.TestSupport;

namespace Market.Client.Tests;

/// <summary>
/// docs/wire.md says what the code does; where a test fails, it prints the row that the document needs.
/// </summary>
public sealed partial class WireDocumentTests
{
    private static readonly string Document = RepositoryFolder.TextOf("docs", "wire.md");
    private static readonly string[] Blocks =
        [.. BlockPattern().Matches(Document).Select(m => m.Groups[1].Value.ReplaceLineEndings(""))];

    [Fact]
    public void The_document_lists_every_message_and_its_elements()
    {
        var missing = WireTables.Messages().Concat(WireTables.Values())
            .Where(static row => !Document.Contains(row, StringComparison.Ordinal))
            .ToList();

        Assert.True(missing.Count == 0, $"docs/wire.md lacks these rows:\n{string.Join('\n', missing)}");
    }

    [Theory]
    [ClassData(typeof(RefusalEnums))]
    public void The_document_lists_every_refusal(Type refusals)
    {
        foreach (var value in Enum.GetValues(refusals))
        {
            var row = $"| {Convert.ToInt32(value)} | {value} |";
            Assert.True(Document.Contains(row, StringComparison.Ordinal), $"docs/wire.md lacks the row: {row}");
        }
    }

    [Fact]
    public void The_worked_example_is_what_the_code_makes_of_it()
    {
        var (key, session, act, payload, signature, frame) =
            (Blocks[0], Blocks[1], Blocks[2], Blocks[3], Blocks[4], Blocks[5]);
        Assert.Equal(Convert.ToHexStringLower(SignedPayload.ForSession(Some.Market, Some.Nonce)), session);

        var hash = Hash256.FromBytes([.. Enumerable.Range(0, 32).Select(i => (byte)(0xa0 + (i % 16)))]);
        var bytes = WireCatalog.EncodeTagged(new AcceptOffer(
            new MessageId(Guid.Parse("019a0000-0000-7000-8000-000000000002")),
            new NegotiationId(Guid.Parse("019a0000-0000-7000-8000-000000000001")),
            ExpectedSeq: 4, OfferNumber: 4, hash));
        Assert.Equal(Convert.ToHexStringLower(bytes), act);
        Assert.Equal(Convert.ToHexStringLower(SignedPayload.ForAct(Some.Market, bytes)), payload);

        using var verifier = ECDsa.Create();
        verifier.ImportPkcs8PrivateKey(Convert.FromHexString(key), out _);
        var signed = Convert.FromHexString(signature);
        Assert.True(verifier.VerifyData(Convert.FromHexString(payload), signed, HashAlgorithmName.SHA256));
        Assert.Equal(Convert.ToHexStringLower(Frame.Encode(7, new SignedAct(bytes, signed))), frame);
    }

    [Fact]
    public void The_worked_enrolment_is_what_the_code_makes_of_it()
    {
        var (thumbprint, document, payload, signature, frame) =
            (Blocks[6], Blocks[7], Blocks[8], Blocks[9], Blocks[10]);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromHexString(Blocks[0]), out _);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        Assert.Equal(Hash256.Of(publicKey).ToString(), thumbprint);

        var profile = new AgentProfile(
            "Alice's shopper", "alice", AgentRole.Buyer, new Disclosure("Alice Ltd", "negmas:Linear", "1"));
        var bytes = WireFormat.Encode(new Enrolment(
            Hash256.Of(publicKey), profile,
            LedgerTime.FromUtc(new(2026, 1, 1, 0, 0, 0, default)),
            LedgerTime.FromUtc(new(2026, 1, 8, 0, 0, 0, default))));
        Assert.Equal(Convert.ToHexStringLower(bytes), document);
        Assert.Equal(Convert.ToHexStringLower(SignedPayload.ForEnrolment(Some.Market, bytes)), payload);

        var signed = Convert.FromHexString(signature);
        Assert.True(key.VerifyData(Convert.FromHexString(payload), signed, HashAlgorithmName.SHA256));
        var register = new Register(profile, new SignedEnrolment(bytes, publicKey, signed));
        Assert.Equal(Convert.ToHexStringLower(Frame.Encode(2, register)), frame);
    }

    [Theory]
    [InlineData("characters of a name or handle", MarketLimits.NameLengthMax)]
    [InlineData("characters of a text", MarketLimits.TextLengthMax)]
    [InlineData("an amount in minor units, a quantity, a stock", MarketLimits.AmountMax)]
    [InlineData("issues of an agenda", MarketLimits.IssuesMax)]
    [InlineData("choices of an issue", MarketLimits.ChoicesMax)]
    [InlineData("lines of a listing", MarketLimits.LinesMax)]
    [InlineData("attributes of a listing", MarketLimits.AttributesMax)]
    [InlineData("charges of a listing", MarketLimits.ChargesMax)]
    [InlineData("rounds of a negotiation", MarketLimits.RoundsMax)]
    [InlineData("bytes of a frame from a client", MarketLimits.FrameBytesMax)]
    [InlineData("levels of nesting", MarketLimits.WireDepthMax)]
    public void The_document_says_the_limits(string what, long limit) =>
        Assert.Contains($"| {what} | {limit:N0} |", Document, StringComparison.Ordinal);

    [Fact]
    public void The_document_says_how_long_negotiations_and_offers_may_last()
    {
        var (negotiation, offer) = (MarketLimits.NegotiationDurationMax, MarketLimits.OfferValidityMax);
        Assert.Contains($"| days of a negotiation | {negotiation.TotalDays} |", Document, StringComparison.Ordinal);
        Assert.Contains($"| days of an offer's validity | {offer.TotalDays} |", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worked_hashes_are_what_the_code_makes_of_them()
    {
        var negotiation = new NegotiationId(Guid.Parse("019a0000-0000-7000-8000-000000000001"));
        var subject = new Subject(
            new ListingId(Guid.Parse("019a0000-0000-7000-8000-000000000003")), 1, null, [new OrderLine(0, 1)],
            new Agenda(Currency.Usd, []), null);
        var terms = new Terms(Outcome.Of(84_00, 4), 84_00);
        var until = LedgerTime.FromUtc(new DateTimeOffset(2026, 1, 1, 0, 5, 0, TimeSpan.Zero));
        var termsHash = NegotiationHashes.OfTerms(Some.Market, negotiation, subject, terms);
        var offerHash = NegotiationHashes.OfOffer(termsHash, 4, Party.Seller, OfferBinding.Firm, until, false);
        var deal = NegotiationHashes.OfDeal(Some.Market, negotiation, award: 1);

        Assert.Equal([$"{termsHash}", $"{offerHash}", $"{deal.Value}"], [Blocks[12], Blocks[14], Blocks[16]]);
        Assert.All(
            new[] { 11, 13, 15 },
            form => Assert.Equal(Blocks[form + 1], $"{Hash256.Of(Convert.FromHexString(Blocks[form]))}"));
        var derived = MessageIds.Derive(
            "negotiation", Some.Market, new AgentNumber(1),
            new MessageId(Guid.Parse("019a0000-0000-7000-8000-000000000002")));
        Assert.Contains($"`{derived}`", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worked_receipt_verifies_with_the_key_of_the_page()
    {
        using var signer = ECDsa.Create();
        signer.ImportPkcs8PrivateKey(Convert.FromHexString(Blocks[0]), out _);
        var key = MarketKey.FromPublicKey(signer.ExportSubjectPublicKeyInfo());
        var receipt = new SignedReceipt(
            Convert.FromHexString(Blocks[17]), Convert.FromHexString(Blocks[18]), key.KeyId);
        var verifier = new ReceiptVerifier(Some.Market, key);

        var verdict = verifier.Verify(
            receipt,
            new DealId(Hash256.FromBytes(Convert.FromHexString(Blocks[16]))),
            Hash256.FromBytes(Convert.FromHexString(Blocks[12])));

        Assert.True(verdict.IsGenuine, verdict.ToString());
        Assert.Equal(new Money(84_00, Currency.Usd), verdict.Receipt!.Total);
        Assert.Contains($"`{key.KeyId}`", Document, StringComparison.Ordinal);
    }

    [GeneratedRegex("```\\n([0-9a-f\\n]+)```")]
    private static partial Regex BlockPattern();
}
