using System.Text.Json;

namespace Market.Silo.Commands;

/// <summary>What `market serve` says: text for people, or one JSON object a line.</summary>
/// <param name="output">Where to.</param>
/// <param name="isJson">Whether as JSON.</param>
internal sealed class ServeReport(TextWriter output, bool isJson)
{
    /// <summary>The market serves now.</summary>
    public void Ready(MarketHost host, MarketSiloOptions options)
    {
        var urls = host.Uris.Select(static uri => uri.GetLeftPart(UriPartial.Authority)).ToArray();
        var market = host.MarketId.ToString();
        var certificate = host.CertificateFingerprint;
        if (isJson)
        {
            WriteLine(new
            {
                @event = "ready",
                urls,
                market,
                data = options.DataFolder,
                store = options.Store?.Text,
                certificate,
                cluster = options.Cluster?.Cluster,
            });
            return;
        }

        output.WriteLine($"{options.Name} is ready ({market}).");
        foreach (var url in urls)
        {
            output.WriteLine($"  agents  {url.Replace("http", "ws", StringComparison.Ordinal)}{WebServer.AgentsPath}");
            output.WriteLine($"  health  {url}/health");
        }

        if (certificate is not null)
        {
            output.WriteLine($"  tls     {certificate}");
            output.WriteLine(host.IsCertificateSelfMade
                ? "          self-made: clients must pin it; it is good for development, not for strangers"
                : "          its SHA-256, for clients that pin it");
        }

        if (options.Store is { } store)
        {
            output.WriteLine($"  store   {store}");
        }

        output.WriteLine($"  data    {options.DataFolder ?? "in memory only"}");
        if (options.Cluster is { } member)
        {
            output.WriteLine($"  silo    {member.Silo} of cluster {member.Cluster}");
        }

        output.WriteLine("Stop it with Ctrl+C.");
        output.Flush();
    }

    /// <summary>The market has stopped; everything acknowledged is in its data.</summary>
    public void Stopped()
    {
        if (isJson)
        {
            WriteLine(new { @event = "stopped" });
        }
        else
        {
            output.WriteLine("Stopped.");
            output.Flush();
        }
    }

    private void WriteLine<T>(T line)
    {
        output.WriteLine(JsonSerializer.Serialize(line));
        output.Flush();
    }
}
