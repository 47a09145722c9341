using System.Buffers.Binary;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>
/// Terms that are no terms: not a number, infinite, negative, huge, in other digits, in other lengths than the
/// shortest, nested without end.
/// </summary>
internal sealed class TermsAttack : Attack
{
    private const long Mark = 0x0123456789ABCDEF;

    /// <inheritdoc/>
    public override string Name => "terms";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var traders = await TradersAsync(market);
        var opened = await traders.OpenAsync();
        foreach (var (what, number) in NoNumbers())
        {
            log.Expect(
                what, await traders.Seller.AskFrameAsync(correlation => FrameWith(correlation, opened, number)),
                nameof(GatewayRefusal.FrameIsInvalid));
        }

        foreach (var price in (long[])[-1, 0, 999, 20_001, long.MaxValue, long.MinValue])
        {
            log.Expect(
                $"a price of {price}", await traders.Seller.AskAsync(traders.Seller.Signed(
                    new MakeOffer(Wares.Message(), opened.Negotiation, 1, Wares.Firm(price)))),
                nameof(NegotiationRefusal.OutcomeOutsideAgenda));
        }

        log.Expect(
            "a total that does not add up", await traders.Seller.AskAsync(traders.Seller.Signed(new MakeOffer(
                Wares.Message(), opened.Negotiation, 1, ProposedOffer.Firm(new Terms(Outcome.Of(9_000, 3), 1))))),
            nameof(NegotiationRefusal.TotalDoesNotAddUp));
        log.Expect(
            "a value too many", await traders.Seller.AskAsync(traders.Seller.Signed(new MakeOffer(
                Wares.Message(), opened.Negotiation, 1,
                ProposedOffer.Firm(new Terms(Outcome.Of(9_000, 3, 3), 9_000))))),
            nameof(NegotiationRefusal.OutcomeOutsideAgenda));
        foreach (var title in (string[])["Espresso\u200bmachine", "\u202eenihcam", "e\u0301", "tab\tbed"])
        {
            log.Expect(
                "a listing whose name looks like another", await traders.Seller.AskAsync(
                    new PublishListing(Wares.Message(), Wares.Listing(title))),
                "NameIsInvalid");
        }

        log.Expect(
            "proper terms", await traders.Seller.AskAsync(traders.Seller.Signed(
                new MakeOffer(Wares.Message(), opened.Negotiation, 1, Wares.Firm(9_000)))),
            nameof(ActRecorded));
    }

    private static IEnumerable<(string What, byte[] Number)> NoNumbers()
    {
        yield return ("NaN", Double(double.NaN));
        yield return ("infinity", Double(double.PositiveInfinity));
        yield return ("a floating number", Double(9_000));
        yield return ("nine thousand in eight bytes, which is not the shortest form", Unsigned(0xCF, 9_000));
        yield return ("more than a number holds", Unsigned(0xCF, ulong.MaxValue));
        yield return ("digits of another script", [0xAC, .. "\uFF15\uFF10\uFF10\uFF10"u8]);
        yield return ("nothing", [0xC0]);
        yield return ("true", [0xC3]);
        yield return ("arrays in arrays", [.. Enumerable.Repeat((byte)0x91, 40), 0x01]);
        yield return ("an array that says it is long", [0xDD, 0x7F, 0xFF, 0xFF, 0xFF]);
        yield return ("a text that says it is long", [0xDB, 0x7F, 0xFF, 0xFF, 0xFF]);
        yield return ("a map", [0x81, 0x01, 0x01]);
        yield return ("an extension", [0xD4, 0x01, 0x01]);
    }

    private static byte[] FrameWith(uint correlation, ActRecorded opened, byte[] number)
    {
        var offer = ProposedOffer.Firm(new Terms(Outcome.Of(Mark, 3), Mark));
        var frame = WireAgent.FrameOf(correlation, new MakeOffer(Wares.Message(), opened.Negotiation, 1, offer));
        var mark = Unsigned(0xCF, Mark);
        var at = frame.AsSpan().IndexOf(mark);
        return at < 0
            ? throw new InvalidOperationException("The mark is not in the frame.")
            : [.. frame.AsSpan(0, at), .. number, .. frame.AsSpan(at + mark.Length)];
    }

    private static byte[] Double(double value)
    {
        var bytes = new byte[9];
        bytes[0] = 0xCB;
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static byte[] Unsigned(byte kind, ulong value)
    {
        var bytes = new byte[9];
        bytes[0] = kind;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), value);
        return bytes;
    }
}
