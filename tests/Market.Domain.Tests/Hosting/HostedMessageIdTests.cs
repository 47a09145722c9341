using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Hosting;

/// <summary>A hosted strategy's turn has one message id, whenever it is taken (INV-8).</summary>
public sealed class HostedMessageIdTests
{
    private static readonly HostingId Hosting = new(Some.Mandate.Value);
    private static readonly LedgerTime Turn = Some.Noon;

    [Fact]
    public void A_turn_repeated_after_a_restart_has_the_same_id()
    {
        var id = Id(Turn);
        Assert.Equal(id, Id(Turn + TimeSpan.FromDays(5)));
        Assert.Equal(Turn, MessageIds.TimeOf(id));
        Assert.Equal(7, id.Value.Version);
    }

    [Fact]
    public void Another_hosting_negotiation_or_version_has_another_id()
    {
        var ids = new[]
        {
            Id(Turn),
            MessageIds.OfHosted(new HostingId(Some.Negotiation.Value), Some.Negotiation, 3, Turn, Turn),
            MessageIds.OfHosted(Hosting, new NegotiationId(Some.Mandate.Value), 3, Turn, Turn),
            MessageIds.OfHosted(Hosting, Some.Negotiation, 4, Turn, Turn),
        };
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5.9)]
    [InlineData(6.1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(90)]
    public void The_market_takes_the_id_however_long_the_turn_has_waited(double days)
    {
        var now = Turn + TimeSpan.FromDays(days);
        Assert.Null(MessageIds.Refuse(Id(now), now));
        Assert.Equal(Id(now), Id(now + TimeSpan.FromMinutes(1)));
    }

    private static MessageId Id(LedgerTime now) => MessageIds.OfHosted(Hosting, Some.Negotiation, 3, Turn, now);
}
