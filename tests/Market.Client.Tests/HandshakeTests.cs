using System.Security.Cryptography;
using Market.Client.Tests.Support;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class HandshakeTests
{
    private readonly ScriptedMarket _market = new();

    [Fact]
    public async Task The_client_signs_purpose_market_version_and_nonce()
    {
        var connecting = ConnectAsync();
        var connection = await _market.NextConnectionAsync();
        connection.Send(new Hello(_market.Id, "test", 1, Some.Nonce, _market.Now));
        var proof = (Authenticate)(await connection.NextAsync<Authenticate>()).Message;

        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(proof.PublicKey.Span, out _);
        byte[] expected =
            [.. "market.session.v1"u8, .. _market.Id.Value.ToByteArray(bigEndian: true), 1, .. Some.Nonce];
        Assert.True(verifier.VerifyData(expected, proof.Signature.Span, HashAlgorithmName.SHA256));

        connection.Send(new Welcome(null), correlation: 1);
        await using var client = await connecting.Soon();
        Assert.Equal(_market.Id, client.Market);
        Assert.Null(client.Agent);
    }

    [Fact]
    public async Task A_refused_key_is_a_typed_refusal()
    {
        var connecting = ConnectAsync();
        var connection = await _market.NextConnectionAsync();
        connection.Send(new Hello(_market.Id, "test", 1, Some.Nonce, _market.Now));
        var proof = await connection.NextAsync<Authenticate>();
        connection.Answer(proof, Refusals.Of(GatewayRefusal.AuthenticationFailed));
        var error = await Assert.ThrowsAsync<MarketRefusedException>(() => connecting.Soon());
        Assert.Equal(RefusalCode.AuthenticationFailed, error.Code);
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_named_in_the_exception()
    {
        var connecting = ConnectAsync();
        var connection = await _market.NextConnectionAsync();
        connection.Send(new Hello(_market.Id, "test", 2, Some.Nonce, _market.Now));
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => connecting.Soon());
        Assert.True(error.IsFinal);
        Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_market_that_cannot_be_reached_is_tried_once_by_default()
    {
        _market.DialsRefused = 1;
        await Assert.ThrowsAsync<MarketConnectionException>(() => ConnectAsync().Soon());
        Assert.Equal(0, _market.DialsRefused);
    }

    [Fact]
    public async Task A_patient_client_waits_for_its_market()
    {
        _market.DialsRefused = 3;
        var options = Some.Options();
        options.ConnectPatience = Some.Patience;
        var connecting = MarketClient.ConnectAsync(_market, Some.Key, options, CancellationToken.None);
        await _market.WelcomeAsync(null);
        await using var client = await connecting.Soon();
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task A_silent_market_is_given_up_after_the_timeout()
    {
        var time = new ManualTime();
        var options = Some.Options();
        options.TimeProvider = time;
        var connecting = MarketClient.ConnectAsync(_market, Some.Key, options, CancellationToken.None);
        await _market.NextConnectionAsync();
        time.Advance(options.ConnectTimeout);
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => connecting.Soon());
        Assert.Contains("did not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registering_opens_the_agents_events()
    {
        var connecting = ConnectAsync();
        var connection = await _market.WelcomeAsync(null);
        await using var client = await connecting.Soon();
        var registering = client.RegisterBuyerAsync("agent 1", "principal-1", Some.Disclosure);
        var register = await connection.NextAsync<Register>();
        Assert.Equal(Some.Buyer.Profile, ((Register)register.Message).Profile);
        connection.Answer(register, new Welcome(Some.Buyer));
        Assert.Equal(Some.Buyer.Number, (await registering.Soon()).Number);
        Assert.Equal(0, (await connection.SubscribeAsync()).Length);
        Assert.Equal(Some.Buyer.Number, client.Agent!.Number);
    }

    private Task<MarketClient> ConnectAsync() =>
        MarketClient.ConnectAsync(_market, Some.Key, Some.Options(), CancellationToken.None);
}
