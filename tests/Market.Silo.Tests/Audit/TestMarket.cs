using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// A market without a server: the real grains over a real SQLite journal, one message at a time in one order, so that
/// the
/// same acts make the same rows.
/// </summary>
internal sealed class TestMarket : IAsyncDisposable
{
    public static readonly LedgerTime Start = LedgerTime.FromUtc(
        new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    private readonly Dictionary<GrainId, Activation> _activations = [];
    private readonly Queue<Tell> _tells = [];
    private readonly List<Task> _appends = [];
    private readonly SqliteJournal _journal;
    private readonly MarketGrains _grains;
    private LedgerTime _now = Start;
    private long _writers;

    private TestMarket(SqliteJournal journal, IReceiptSigner signer, Money? startingBalance)
    {
        _journal = journal;
        _grains = new MarketGrains(journal.MarketId, signer, startingBalance);
    }

    public MarketId Id => _journal.MarketId;

    public LedgerTime Now => _now;

    /// <summary>Whether messages between grains arrive; while they do not, agreed deals stay in progress.</summary>
    public bool DeliversTells { get; set; } = true;

    public static async Task<TestMarket> OpenAsync(string folder, Money? startingBalance)
    {
        var journal = await SqliteJournal.OpenAsync(new SqliteJournalOptions { DataFolder = folder });
        return new TestMarket(journal, ReceiptKey.CreateIn(folder), startingBalance);
    }

    /// <summary>Asks a grain, and lets everything that follows happen.</summary>
    public async Task<object?> AskAsync(GrainId grain, object message)
    {
        var reply = await SendAsync(grain, message);
        while (DeliversTells && _tells.TryDequeue(out var tell))
        {
            await SendAsync(tell.To, tell.Message);
        }

        return reply;
    }

    public void PassTime(TimeSpan span) => _now += span;

    /// <summary>Waits until all that has happened is durable.</summary>
    public Task FlushAsync() => Task.WhenAll(_appends);

    public async ValueTask DisposeAsync()
    {
        await FlushAsync();
        await _journal.DisposeAsync();
    }

    private async Task<object?> SendAsync(GrainId id, object message)
    {
        if (!_activations.TryGetValue(id, out var activation))
        {
            var head = await _journal.OpenAsync(id);
            activation = new Activation(_grains.Create(id)!, head.Number, ++_writers * 1_000_003);
            _activations.Add(id, activation);
        }

        _now += TimeSpan.FromMilliseconds(1);
        var step = activation.Grain.Receive(message, LedgerTime.After(activation.Grain.LastTime, _now));
        if (step.Event is { } @event)
        {
            Append(id, activation, @event, step);
        }

        foreach (var tell in step.Tells)
        {
            _tells.Enqueue(tell);
        }

        return step.Reply;
    }

    private void Append(GrainId id, Activation activation, object @event, GrainStep step)
    {
        var chained = activation.Grain as IChainedGrain;
        var body = WireCatalog.EncodeTagged(@event);
        var previousWriter = activation.Version == 0 ? 0 : activation.Writer;
        var hash = RowHash.Of(
            chained?.ChainHead ?? Hash256.Zero, activation.Stream, activation.Version + 1, activation.Writer,
            previousWriter, step.DueAt, step.Audience, body);
        var append = new Append(id, new JournalRow(
            0, activation.Stream, activation.Version + 1, activation.Writer, previousWriter, step.DueAt, step.Audience,
            body, hash));
        _journal.Append(append);
        _appends.Add(append.Completed);
        activation.Grain.Apply(@event);
        chained?.Advance(hash);
        activation.Version++;
    }

    private sealed class Activation(IGrain grain, long stream, long writer)
    {
        public IGrain Grain { get; } = grain;

        public long Stream { get; } = stream;

        public long Writer { get; } = writer;

        public long Version { get; set; }
    }
}

/// <summary>An append whose outcome can be awaited; any other than appended fails.</summary>
internal sealed class Append(GrainId grain, JournalRow row) : PendingAppend(grain, row)
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completed => _completed.Task;

    public override void OnCompleted(AppendOutcome outcome, Exception? error)
    {
        if (outcome == AppendOutcome.Appended)
        {
            _completed.SetResult();
        }
        else
        {
            _completed.SetException(error ?? new InvalidOperationException($"The append ended as {outcome}."));
        }
    }
}

/// <summary>Signs receipts with a key whose PEM lies in the folder's keys/.</summary>
internal sealed class ReceiptKey(ECDsa key) : IReceiptSigner
{
    public static ReceiptKey CreateIn(string folder)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = Directory.CreateDirectory(Path.Combine(folder, "keys"));
        File.WriteAllText(Path.Combine(keys.FullName, "market.pem"), key.ExportSubjectPublicKeyInfoPem());
        return new ReceiptKey(key);
    }

    public SignedReceipt Sign(Receipt receipt)
    {
        var bytes = WireFormat.Encode(receipt);
        var signature = key.SignData(
            SignedPayload.ForReceipt(receipt.Market, bytes), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new SignedReceipt(bytes, signature, KeyId());
    }

    // RFC 7638, as the market's own keys are named.
    private string KeyId()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var x = Base64Url.EncodeToString(point.X);
        var y = Base64Url.EncodeToString(point.Y);
        var jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(jwk)));
    }
}
