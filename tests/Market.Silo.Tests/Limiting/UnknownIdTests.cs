using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Silo.Gateway.Authorising;
using Market.Silo.Tests.Authorising;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Limiting;

/// <summary>Whoever makes ids up takes no room: no grain is brought into memory, and nothing is written (S12).</summary>
public sealed class UnknownIdTests
{
    [Fact]
    public async Task No_message_about_an_unknown_id_activates_a_grain_or_changes_the_journal()
    {
        await using var world = await OwnedWorld.StartAsync();
        var cluster = (EmbeddedCluster)world.Market.Host.Cluster;
        var before = (world.Head, cluster.Activations, cluster.Metrics.Activated);
        foreach (var (row, message) in MessagesAbout(new Things(), world.Open))
        {
            foreach (var kind in (SessionKinds[])[SessionKinds.Buyer, SessionKinds.Seller, SessionKinds.Principal])
            {
                var agent = world.Stranger(kind);
                Assert.IsType<Refused>(await agent.AskAsync(row.MayBeSigned ? agent.Signed(message) : message));
                Assert.True(
                    before == (world.Head, cluster.Activations, cluster.Metrics.Activated),
                    $"{row.Message.Name} of {kind} activated a grain or changed the journal.");
            }
        }
    }

    /// <summary>For each row that names something: messages that name what does not exist.</summary>
    private static List<(AuthorisationRule Row, object Message)> MessagesAbout(Things absent, Listing open)
    {
        var nowhere = new ListingId(Guid.CreateVersion7());
        object[] messages =
        [
            .. SampleMessages.Naming(absent, open).Select(static named => named.Message),
            SampleMessages.Of(typeof(OpenNegotiation), absent, nowhere),
            SampleMessages.Of(typeof(SubmitBid), absent, nowhere),
            SampleMessages.Of(typeof(RotateKey), absent, nowhere),
            SampleMessages.Of(typeof(RevokeKey), absent, nowhere),
            SampleMessages.Of(typeof(GetCounterparty), absent, nowhere),
        ];
        var rows = AuthorisationTable.Rows.ToDictionary(static row => row.Message);
        Assert.Empty(rows.Values.Where(static row => row.Things.Count > 0).Select(static row => row.Message)
            .Except(messages.Select(static message => message.GetType())));
        return [.. messages.Select(message => (rows[message.GetType()], message))];
    }

    [Fact]
    public async Task A_known_id_is_found_again_when_its_grain_is_not_in_memory()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        var negotiation = (await buyer.AskAsync<ActRecorded>(Some.Opening(listing))).Negotiation;
        await market.RestartAsync();
        await using var again = await TestAgent.AuthenticateAsync(market.Uri, buyer.Key);
        await again.AskAsync<ActRecorded>(new LeaveNegotiation(
            Some.Message(), negotiation, 1, ReasonCode.Other));
    }
}
