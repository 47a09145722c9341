using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Market.Silo.Commands.Doctor;

/// <summary>Whether an address can be listened on; where it is taken, by whom.</summary>
internal static class PortCheck
{
    private const string Check = "ports";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Looks at one address.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="isHttps">Whether the market speaks TLS there.</param>
    /// <param name="market">The id of the market whose folder was looked at; null where there is none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<DoctorFinding>> RunAsync(
        IPEndPoint endpoint, bool isHttps, string? market, CancellationToken cancellationToken)
    {
        if (TryBind(endpoint) is not { } error)
        {
            return [DoctorFinding.Ok(Check, $"{endpoint} is free.")];
        }

        return
        [
            error switch
            {
                SocketError.AccessDenied => DoctorFinding.Problem(
                    Check, $"This user may not listen on {endpoint}.", "Choose a port from 1024 up with --urls."),
                SocketError.AddressNotAvailable => DoctorFinding.Problem(
                    Check, $"This machine has no address {endpoint.Address}.", "Choose another with --urls."),
                SocketError.AddressAlreadyInUse => OfTaken(
                    endpoint, await MarketAtAsync(endpoint, isHttps, cancellationToken).ConfigureAwait(false), market),
                _ => DoctorFinding.Problem(
                    Check, $"{endpoint} cannot be listened on: {error}.", "Choose another address with --urls."),
            },
        ];
    }

    private static SocketError? TryBind(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen();
            return null;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }

    private static DoctorFinding OfTaken(IPEndPoint endpoint, string? servedMarket, string? market)
    {
        var holder = PortHolder.Find(endpoint.Port) is { } found ? $" ({found})" : "";
        return servedMarket is null
            ? DoctorFinding.Problem(
                Check,
                $"{endpoint} is taken by another program{holder}.",
                "Stop it, or choose another port with --urls.")
            : servedMarket == market
                ? DoctorFinding.Ok(Check, $"{endpoint} is served by this market{holder}.")
                : DoctorFinding.Problem(
                    Check, $"{endpoint} is served by another market, {servedMarket}{holder}.",
                    "Name its folder with --data, or choose another port with --urls.");
    }

    /// <summary>The market that answers there, by its own word; null where none does.</summary>
    private static async Task<string?> MarketAtAsync(
        IPEndPoint endpoint, bool isHttps, CancellationToken cancellationToken)
    {
        var address = endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endpoint.Address;
        // Nothing secret is asked or told, so whatever certificate is shown will do.
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = Patience,
            SslOptions =
            {
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            },
        };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            var uri = new Uri($"{(isHttps ? "https" : "http")}://{new IPEndPoint(address, endpoint.Port)}/health");
            using var answer = await client.GetAsync(uri, cancellationToken).ConfigureAwait(false);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("market", out var id) ? id.GetString() : null;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or InvalidOperationException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
