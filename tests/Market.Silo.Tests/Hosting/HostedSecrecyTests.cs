using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Wire;
using Microsoft.Extensions.Logging;

namespace Market.Silo.Tests.Hosting;

/// <summary>What an agent leaves with a hosted strategy is nowhere but sealed (INV-20).</summary>
public sealed class HostedSecrecyTests : IDisposable
{
    private const double Reservation = 5_012.345678901;

    private readonly string _folder = Directory.CreateTempSubdirectory("market-secrecy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_reservation_value_is_in_no_file_and_no_line_of_the_log()
    {
        using var log = new RecordingLog();
        var market = await HostedBench.StartAsync(_folder, log);
        var seller = await market.ConnectAsync(AgentRole.Seller, "bob");
        var buyer = await market.ConnectAsync(AgentRole.Buyer, "alice");
        var (listing, hosting) = await HostedBench.HostAsync(seller, Reservation);
        Assert.NotNull(await HostedBench.BuyAsync(buyer, listing));
        var searched = Search();
        await seller.StopHostingAsync(hosting);
        await market.DisposeAsync();

        Assert.True(searched >= 6, $"Only {searched} files were searched.");
        Search();
        Assert.DoesNotContain(log.Lines, static line => line.Contains("5012", StringComparison.Ordinal));

        // That the search would find it: it is so written where it travels.
        var utility = HostedUtility.PriceAtLeast(0) with { ReservationValue = Reservation };
        Assert.NotEqual(-1, WireFormat.Encode(utility).AsSpan().IndexOf(Pattern()));
    }

    private static byte[] Pattern()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, Reservation);
        return bytes;
    }

    /// <summary>
    /// Looks for the value in every file, in any form it may have; returns how many files there were.
    /// </summary>
    private int Search()
    {
        var little = Pattern().Reverse().ToArray();
        // A running market lets nobody else open its lock.
        var files = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
            .Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .ToArray();
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Assert.All(
                new[] { Pattern(), little, Encoding.ASCII.GetBytes("5012.34") },
                pattern => Assert.True(bytes.AsSpan().IndexOf(pattern) == -1, $"It is in {file}."));
        }

        return files.Length;
    }

    private sealed class RecordingLog : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
