using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Market.Benchmarks;

/// <summary>Kestrel that sends every WebSocket message back: the raw limit of a gateway.</summary>
internal static class EchoServer
{
    public static async Task<(WebApplication Server, Uri Uri)> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.UseWebSockets();
        server.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("market.v1.msgpack");
            var buffer = new byte[16 * 1024];
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                if (received.MessageType == System.Net.WebSockets.WebSocketMessageType.Close)
                {
                    return;
                }

                await socket.SendAsync(
                    buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage,
                    context.RequestAborted);
            }
        });
        await server.StartAsync();
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return (server, new UriBuilder(addresses.Addresses.First()) { Scheme = Uri.UriSchemeWs, Path = "/ws" }.Uri);
    }
}
