using System.Net.WebSockets;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>Acts, and the revocation of the key that signed them, at the same moment (S17).</summary>
public sealed class KeyRevocationRaceTests
{
    private const int Rounds = 25;
    private const int Acts = 40;

    [Fact]
    public async Task Nothing_that_a_key_signed_is_recorded_after_its_revocation()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var disposeBuyer = buyer;
        await using var disposeSeller = seller;
        var interrupted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var racer = await market.BuyerAsync($"racer-{round}");
            await using var second = await TestAgent.AuthenticateAsync(
                market.Uri, ECDsa.Create(racer.Key.ExportParameters(includePrivateParameters: true)));
            var acts = Enumerable.Range(0, Acts)
                .Select(_ => racer.Signed(Some.Opening(listing, offer: Some.Offer(6_000)))).ToArray();
            var revoked = await RaceAsync(racer, acts, round + 1, second);

            var recorded = await RowsAsync(market, racer.Agent!.Number);
            Assert.IsType<AgentKeyRevoked>(recorded[^1]);
            var openings = recorded.OfType<NegotiationOpened>().Select(opened => opened.Negotiation).ToHashSet();
            Assert.All(revoked, id => Assert.Contains(id, openings));
            interrupted += openings.Count is > 0 and < Acts ? 1 : 0;
        }

        Assert.True(interrupted > 0, "No revocation came between acts.");
    }

    /// <summary>Sends acts, and between them the revocation on another connection.</summary>
    /// <returns>The negotiations of the acts that were answered as recorded.</returns>
    private static async Task<List<NegotiationId>> RaceAsync(
        TestAgent racer, SignedAct[] acts, int before, TestAgent second)
    {
        var answers = new List<Task<object>>();
        Task<object>? revoking = null;
        try
        {
            foreach (var (i, act) in acts.Index())
            {
                answers.Add(await racer.BeginAsync(act));
                if (i == before)
                {
                    revoking = await second.BeginAsync(
                        new RevokeKey(Hash256.Of(second.Key.ExportSubjectPublicKeyInfo()), KeyRevocationReason.Lost));
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException)
        {
            // The revocation has ended the session before all was sent.
        }

        Assert.IsType<AgentKeyRecorded>(await revoking!.WaitAsync(TestAgent.Patience));
        while (await racer.Notices.WaitToReadAsync().AsTask().WaitAsync(TestAgent.Patience))
        {
            await racer.Notices.ReadAsync();
        }

        return [.. answers.Where(answer => answer.IsCompletedSuccessfully).Select(answer => answer.Result)
            .OfType<ActRecorded>().Select(recorded => recorded.Negotiation)];
    }

    /// <summary>What the journal has of an agent's openings and of the end of its key, in order.</summary>
    private static async Task<List<object>> RowsAsync(TestMarket market, AgentNumber agent)
    {
        var rows = await market.Host.Journal.ReadForwardAsync(0, int.MaxValue);
        return [.. rows.Select(row => WireCatalog.DecodeTagged(row.Body.Span)).Where(fact => fact switch
        {
            NegotiationOpened opened => opened.Buyer.Agent == agent,
            AgentKeyRevoked revoked => revoked.Agent == agent,
            _ => false,
        })];
    }
}
