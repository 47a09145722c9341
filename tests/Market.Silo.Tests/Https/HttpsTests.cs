using Market.Client;
using Market.Domain.Enrolling;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Https;

public sealed class HttpsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-https-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_self_made_certificate_is_pinned_by_its_fingerprint_and_kept_over_a_restart()
    {
        var options = SelfMade();
        string fingerprint;
        await using (var host = await MarketHost.StartAsync(options))
        {
            Assert.Equal("https", host.Uri.Scheme);
            Assert.Equal("wss", host.AgentsUri.Scheme);
            Assert.True(host.IsCertificateSelfMade);
            fingerprint = host.CertificateFingerprint!;
            await RegisterAsync(host.Uri, TrustedCertificate.WithFingerprint(fingerprint));
        }

        await using var again = await MarketHost.StartAsync(options);
        Assert.Equal(fingerprint, again.CertificateFingerprint);
    }

    [Fact]
    public async Task A_self_made_certificate_is_trusted_by_its_file_and_its_key_is_the_owners_alone()
    {
        await using var host = await MarketHost.StartAsync(SelfMade());
        var keys = Path.Combine(_folder, "keys");
        await RegisterAsync(host.Uri, TrustedCertificate.FromFile(Path.Combine(keys, "https.crt")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(keys, "https.key")));
        }
    }

    [Fact]
    public async Task A_self_made_certificate_is_made_anew_for_a_new_name_and_where_it_is_damaged()
    {
        var first = await FingerprintAsync(SelfMade());
        var named = await FingerprintAsync(SelfMade() with { Hosts = ["market.example"] });
        Assert.NotEqual(first, named);
        await File.WriteAllTextAsync(Path.Combine(_folder, "keys", "https.crt"), "torn");
        Assert.NotEqual(named, await FingerprintAsync(SelfMade()));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_ends_the_connecting_at_once_and_says_what_to_do()
    {
        await using var host = await MarketHost.StartAsync(SelfMade());
        var patient = new MarketClientOptions { ConnectPatience = TimeSpan.FromMinutes(5) };
        using var key = AgentKey.Create();
        var error = await Assert.ThrowsAsync<MarketConnectionException>(
            () => MarketClient.ConnectAsync(host.Uri, key, patient).WaitAsync(TestAgent.Patience));
        Assert.True(error.IsFinal);
        Assert.Contains(host.CertificateFingerprint!, error.Message, StringComparison.Ordinal);
        Assert.Contains("TrustedCertificate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_certificate_than_the_pinned_one_is_refused()
    {
        await using var host = await MarketHost.StartAsync(SelfMade());
        using var key = AgentKey.Create();
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => MarketClient.ConnectAsync(
            host.Uri, key,
            new MarketClientOptions { TrustedCertificate = TrustedCertificate.WithFingerprint(new string('0', 64)) }));
        Assert.True(error.IsFinal);
    }

    [Fact]
    public async Task A_certificate_of_an_authority_is_trusted_for_its_name_alone()
    {
        var (certificate, keyFile, authority) = Certificates.Write(_folder);
        await using var host = await MarketHost.StartAsync(new MarketSiloOptions
        {
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            Https = new HttpsOptions { CertificateFile = certificate, KeyFile = keyFile },
        });
        var trusted = TrustedCertificate.FromFile(authority);
        await RegisterAsync(new UriBuilder(host.Uri) { Host = "localhost" }.Uri, trusted);

        using var key = AgentKey.Create();
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => MarketClient.ConnectAsync(
            host.Uri, key, new MarketClientOptions { TrustedCertificate = trusted }));
        Assert.Contains("not for this name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_market_with_tls_does_not_answer_plain_http()
    {
        await using var host = await MarketHost.StartAsync(SelfMade());
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new UriBuilder(host.Uri) { Scheme = "http", Path = "/health" }.Uri));
    }

    [Theory]
    [InlineData("sha256:12")]
    [InlineData("")]
    [InlineData("zz")]
    public void A_fingerprint_that_is_none_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => TrustedCertificate.WithFingerprint(text));

    private MarketSiloOptions SelfMade() => new()
    {
        DataFolder = _folder,
        Endpoints = MarketSiloOptions.AnyLoopbackPort,
        Https = new HttpsOptions(),
    };

    private static async Task<string> FingerprintAsync(MarketSiloOptions options)
    {
        await using var host = await MarketHost.StartAsync(options);
        return host.CertificateFingerprint!;
    }

    private static async Task RegisterAsync(Uri market, TrustedCertificate trusted)
    {
        using var key = AgentKey.Create();
        await using var client = await MarketClient.ConnectAsync(
            market, key, new MarketClientOptions { TrustedCertificate = trusted });
        Assert.NotNull(await client.RegisterAsync(Some.Profile(AgentRole.Buyer, $"alice{Guid.NewGuid():n}")));
    }
}
