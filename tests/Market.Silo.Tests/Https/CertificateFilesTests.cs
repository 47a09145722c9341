using Market.Silo.Https;

namespace Market.Silo.Tests.Https;

/// <summary>A certificate that cannot serve is refused before anything is bound, with one line that says why.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly string _folder = Directory.CreateTempSubdirectory("market-certificate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pem_files_with_their_key_are_a_certificate()
    {
        var (certificate, key, _) = Certificates.Write(_folder);
        using var loaded = CertificateFiles.Load(new HttpsOptions { CertificateFile = certificate, KeyFile = key });
        Assert.False(loaded.IsSelfMade);
        loaded.Require(certificate, Now, ["localhost"]);
    }

    [Fact]
    public void An_encrypted_key_needs_its_password()
    {
        var (certificate, key, _) = Certificates.Write(_folder, password: "open sesame");
        HttpsOptions With(string? password) =>
            new() { CertificateFile = certificate, KeyFile = key, Password = password };
        using var loaded = CertificateFiles.Load(With("open sesame"));
        Assert.Contains(CertificateFiles.PasswordVariable, Refusal(With(null)), StringComparison.Ordinal);
        var wrong = Refusal(With("open barley"));
        Assert.Contains("password", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("barley", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pfx_file_has_its_key_within()
    {
        var file = Certificates.WritePfx(_folder, "open sesame");
        using var loaded = CertificateFiles.Load(new HttpsOptions { CertificateFile = file, Password = "open sesame" });
        Assert.StartsWith("sha256:", loaded.Fingerprint, StringComparison.Ordinal);
        Refusal(new HttpsOptions { CertificateFile = file, Password = "other" });
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        var (certificate, _, _) = Certificates.Write(_folder);
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        var (_, key, _) = Certificates.Write(other);
        Refusal(new HttpsOptions { CertificateFile = certificate, KeyFile = key });
    }

    [Fact]
    public void A_certificate_without_a_key_is_refused_with_what_is_missing()
    {
        var (certificate, _, _) = Certificates.Write(_folder);
        var refusal = Refusal(new HttpsOptions { CertificateFile = certificate });
        Assert.Contains("--certificate-key", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_none_is_refused()
    {
        var missing = Refusal(new HttpsOptions { CertificateFile = Path.Combine(_folder, "missing.pem") });
        Assert.Contains("There is no file", missing, StringComparison.Ordinal);
        var junk = Path.Combine(_folder, "junk.pfx");
        File.WriteAllText(junk, "no certificate");
        var refusal = Refusal(new HttpsOptions { CertificateFile = junk });
        Assert.Contains("cannot be used", refusal, StringComparison.Ordinal);
        Refusal(new HttpsOptions { CertificateFile = _folder });
    }

    [Fact]
    public void One_that_has_expired_or_is_not_valid_yet_is_refused()
    {
        Assert.Contains("expired on", RefusalAt(-10, -1), StringComparison.Ordinal);
        Assert.Contains("valid from", RefusalAt(1, 10), StringComparison.Ordinal);

        string RefusalAt(int from, int until)
        {
            var (file, key, _) = Certificates.Write(_folder, "localhost", Now.AddDays(from), Now.AddDays(until));
            using var loaded = CertificateFiles.Load(new HttpsOptions { CertificateFile = file, KeyFile = key });
            return Assert.Throws<MarketStartException>(() => loaded.Require(file, Now, [])).Message;
        }
    }

    [Fact]
    public async Task One_of_another_name_than_the_markets_is_refused_before_anything_is_touched()
    {
        var (certificate, key, _) = Certificates.Write(_folder, "other.example");
        var data = Path.Combine(_folder, "data");
        var error = await Assert.ThrowsAsync<MarketStartException>(() => MarketHost.StartAsync(new MarketSiloOptions
        {
            DataFolder = data,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            Hosts = ["market.example"],
            Https = new HttpsOptions { CertificateFile = certificate, KeyFile = key },
        }));
        Assert.Contains("'market.example'", error.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(data));
    }

    private static string Refusal(HttpsOptions options)
    {
        var message = Assert.Throws<MarketStartException>(() => CertificateFiles.Load(options)).Message;
        Assert.Contains(options.CertificateFile!, message, StringComparison.Ordinal);
        return message;
    }
}
