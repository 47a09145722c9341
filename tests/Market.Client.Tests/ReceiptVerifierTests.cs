using System.Security.Cryptography;
using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

/// <summary>What a receipt is worth to somebody who has nothing but it and the market's key.</summary>
public sealed class ReceiptVerifierTests : IDisposable
{
    private static readonly DealId TheDeal = new(Hash256.Of([1]));
    private static readonly Hash256 TheTerms = Hash256.Of([2]);

    private readonly ECDsa _signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private MarketKey Key => MarketKey.FromPublicKey(_signing.ExportSubjectPublicKeyInfo());

    private ReceiptVerifier Verifier => new(Some.Market, Key);

    public void Dispose() => _signing.Dispose();

    [Fact]
    public void A_receipt_that_the_market_signed_is_genuine()
    {
        var verdict = Verifier.Verify(Signed(Content()), TheDeal, TheTerms);

        Assert.True(verdict.IsGenuine, verdict.Explanation);
        Assert.Equal(Content(), verdict.Receipt);
    }

    [Fact]
    public void No_flipped_bit_of_a_receipt_or_its_signature_is_genuine()
    {
        var signed = Signed(Content());
        Assert.All(Flipped(signed.Bytes), bytes =>
            Assert.False(Verifier.Verify(signed with { Bytes = bytes }).IsGenuine));
        Assert.All(Flipped(signed.Signature), signature => Assert.Equal(
            ReceiptOutcome.SignatureWrong, Verifier.Verify(signed with { Signature = signature }).Outcome));
    }

    [Fact]
    public void An_old_receipt_verifies_with_the_old_key_beside_the_new_one()
    {
        using var newer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var newKey = MarketKey.FromPem(newer.ExportSubjectPublicKeyInfoPem());
        var old = Signed(Content());

        Assert.True(new ReceiptVerifier(Some.Market, newKey, Key).Verify(old).IsGenuine);
        var verdict = new ReceiptVerifier(Some.Market, newKey).Verify(old);
        Assert.Equal(ReceiptOutcome.KeyUnknown, verdict.Outcome);
        Assert.Contains(Key.KeyId, verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_for_one_market_serves_no_other()
    {
        var other = new MarketId(Guid.CreateVersion7());

        Assert.Equal(
            ReceiptOutcome.SignatureWrong, new ReceiptVerifier(other, Key).Verify(Signed(Content())).Outcome);
        Assert.Equal(ReceiptOutcome.OtherMarket, Verifier.Verify(Signed(Content() with { Market = other })).Outcome);
    }

    [Fact]
    public void A_genuine_receipt_of_something_else_is_told_apart()
    {
        var signed = Signed(Content());

        Assert.Equal(
            ReceiptOutcome.OtherDeal, Verifier.Verify(signed, new DealId(Hash256.Of([9])), TheTerms).Outcome);
        Assert.Equal(ReceiptOutcome.OtherTerms, Verifier.Verify(signed, TheDeal, Hash256.Of([9])).Outcome);
    }

    [Fact]
    public void A_signature_of_the_wrong_length_or_bytes_that_say_nothing_are_no_receipt()
    {
        var signed = Signed(Content());

        Assert.Equal(ReceiptOutcome.NotAReceipt, Verifier.Verify(signed with { Signature = new byte[63] }).Outcome);
        Assert.Equal(ReceiptOutcome.NotAReceipt, Verifier.Verify(signed with { Bytes = new byte[7] }).Outcome);
    }

    [Fact]
    public void A_key_is_named_by_its_thumbprint_in_every_form()
    {
        Assert.Equal(Key.KeyId, MarketKey.FromPem(Key.ToPem()).KeyId);
        Assert.Equal(Key.KeyId, MarketKey.FromPem(_signing.ExportPkcs8PrivateKeyPem()).KeyId);
        Assert.Equal(43, Key.KeyId.Length); // base64url of 32 bytes
        Assert.Throws<CryptographicException>(() => MarketKey.FromPem("no key"));
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => MarketKey.FromPublicKey(p384.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void A_saved_receipt_verifies_after_it_was_read_again()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("market-receipt-").FullName, "receipt.json");
        new ReceiptFile(Some.Market, Signed(Content())).Save(path);

        var loaded = ReceiptFile.Load(path);

        Assert.True(new ReceiptVerifier(loaded.Market, Key).Verify(loaded.Receipt).IsGenuine);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("", "no receipt")]
    [InlineData("{}", "no receipt")]
    [InlineData("[1]", "no receipt")]
    [InlineData("""{"form":"other","market":"","kid":"","receipt":"","signature":""}""", "its form is 'other'")]
    [InlineData("""{"form":"market.receipt.v1","market":"x","kid":"","receipt":"","signature":""}""", "32 hexadecimal")]
    [InlineData("""{"form":"market.receipt.v1","market":"x","kid":"","receipt":"!","signature":""}""", "no receipt")]
    public void A_file_that_is_no_receipt_says_why(string text, string reason)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);

        var error = Assert.Throws<FormatException>(() => ReceiptFile.Load(path));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    private static Receipt Content() => new(
        Some.Market, TheDeal, TheTerms, new NegotiationId(Guid.Parse("018f0000-0000-7000-8000-000000000009")),
        new EntryNumber(7), new LedgerTime(638_000_000_000_000_000), new Money(12_345, Currency.Usd),
        new AgentNumber(1), new PrincipalNumber(1), new AgentNumber(2), new PrincipalNumber(2),
        SettlementMode.Immediate, null);

    private SignedReceipt Signed(Receipt receipt)
    {
        var bytes = WireFormat.Encode(receipt);
        var signature = _signing.SignData(
            SignedPayload.ForReceipt(Some.Market, bytes), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new SignedReceipt(bytes, signature, Key.KeyId);
    }

    private static IEnumerable<byte[]> Flipped(ReadOnlyMemory<byte> of)
    {
        for (var bit = 0; bit < of.Length * 8; bit++)
        {
            var bytes = of.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return bytes;
        }
    }
}
