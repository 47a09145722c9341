using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// One grain in memory, over the journal. Its host calls <see cref="Receive"/> for one message at a time; the next
/// message is decided while earlier events are still on their way to disk, and nothing leaves that rests on an event
/// not yet durable: no reply, no refusal, no read's answer, no tell. An append that is lost, or whose outcome is
/// unknown, poisons the activation: it never acknowledges anything again, and its host loads the grain anew.
/// </summary>
/// <remarks>
/// Two threads meet here: the turn, and the journal's thread that reports outcomes. They share the held lists (closed
/// once), <c>_poison</c> (set before a list is closed), <c>_last</c> and the count of appends in flight (changed last).
/// </remarks>
public sealed partial class Activation
{
    private const int NobodyWaits = -1;

    private readonly ActivationServices _services;
    private readonly IActivationHost _host;
    private readonly IGrain _grain;
    private readonly long _stream;
    private readonly long _writer;
    private long _headWriter;
    private long _snapshotVersion;
    private ActivationAppend? _last;
    private Poison? _poison;
    private int _inFlight;
    private int _wakeAt = NobodyWaits;

    internal Activation(ActivationServices services, IActivationHost host, LoadedGrain loaded)
    {
        _services = services;
        _host = host;
        Grain = loaded.Id;
        _grain = loaded.Grain;
        _stream = loaded.Head.Number;
        Version = loaded.Head.Version;
        _headWriter = loaded.Head.Writer;
        _snapshotVersion = loaded.SnapshotVersion;
        _writer = services.NewWriter();
    }

    /// <summary>The grain's identity.</summary>
    public GrainId Grain { get; }

    /// <summary>Version of the last event decided; 0 when the grain does not exist.</summary>
    public long Version { get; private set; }

    /// <summary>Events that are on their way to the journal, and messages that wait for old events.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether the grain does not exist, or nothing will ever change in it again: no use in memory.</summary>
    public bool IsIdleForGood => Version == 0 || _grain.HasEnded;

    /// <summary>Whether an append was lost or its outcome is unknown.</summary>
    public bool IsPoisoned => Volatile.Read(ref _poison) is not null;

    /// <summary>What to tell whoever waits behind a poisoned activation.</summary>
    public OutcomeUnknownException Unknown() =>
        Volatile.Read(ref _poison)?.ToException()
        ?? throw new InvalidOperationException("The activation is not poisoned.");

    /// <summary>Loads a grain: its newest snapshot, and the rows after it. Null when its kind is unknown.</summary>
    /// <exception cref="StreamDamagedException">A row is wrong, or this program does not know its event.</exception>
    public static async ValueTask<Activation?> LoadAsync(
        ActivationServices services, IActivationHost host, GrainId grain, CancellationToken cancellationToken = default)
    {
        var loaded = await GrainLoader.LoadAsync(services, grain, cancellationToken).ConfigureAwait(false);
        return loaded is null ? null : new Activation(services, host, loaded);
    }

    /// <summary>Decides one message. Never called twice at a time, and never throws for what a grain does.</summary>
    /// <param name="message">A record known to the wire catalogue.</param>
    /// <param name="sink">Gets the outcome, on this thread or the journal's, when it may leave.</param>
    public void Receive(object message, ReplySink sink)
    {
        if (Volatile.Read(ref _poison) is { } poison)
        {
            sink.Fail(poison.ToException());
            return;
        }

        if (Version == 0 && !_services.MayCreate(Grain, message))
        {
            sink.Complete(GrainNotFound.Instance);
            return;
        }

        GrainStep step;
        try
        {
            step = _grain.Receive(message, LedgerTime.After(_grain.LastTime, _services.Now));
        }
#pragma warning disable CA1031 // Whatever a message makes a grain throw fails that message, and no other.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var fault = new GrainFaultException(Grain, $"{message.GetType().Name} made it throw.", error);
            _services.Report(fault.Message, error);
            sink.HeldReply = fault;
            Hold(sink);
            return;
        }

        if (step.Recalls.Count != 0)
        {
            Recall(message, step.Recalls, sink);
            return;
        }

        sink.HeldReply = step.Reply;
        sink.HeldTells = step.Tells;
        if (step.Event is { } decided)
        {
            Append(decided, step, sink);
        }
        else
        {
            Hold(sink);
        }
    }

    /// <summary>
    /// Arranges one call of <see cref="IActivationHost.Wake"/> for when at most that many appends are in flight. False
    /// when that is so already, and then there is no call.
    /// </summary>
    public bool MustWaitFor(int inFlightMax)
    {
        Interlocked.Exchange(ref _wakeAt, inFlightMax);
        return InFlight > inFlightMax || Interlocked.Exchange(ref _wakeAt, NobodyWaits) == NobodyWaits;
    }

    /// <summary>Saves a snapshot where the grain has one and enough is new. Only when nothing is in flight.</summary>
    public void SnapshotForUnload()
    {
        var isWorthwhile = Version - _snapshotVersion >= _services.SnapshotOnUnloadMin && !IsPoisoned;
        if (isWorthwhile && TakeSnapshot() is { } snapshot)
        {
            _services.WriteSnapshot(snapshot);
        }
    }

    /// <summary>
    /// Takes the outcome of an append, on the journal's thread or inside <see cref="IJournal.Append"/>.
    /// </summary>
    internal void OnCompleted(ActivationAppend append, AppendOutcome outcome, Exception? error)
    {
        if (outcome != AppendOutcome.Appended)
        {
            PoisonWith(new Poison(append.Row.Version, outcome, error));
        }

        var node = append.Close();
        if (node is null)
        {
            return;
        }

        var poison = Volatile.Read(ref _poison);
        while (node is not null)
        {
            var next = node.Next;
            Release(node, poison);
            node = next;
        }

        if (append.Snapshot is { } snapshot && poison is null)
        {
            _services.WriteSnapshot(snapshot);
        }

        // An idle activation must not keep its last row in memory.
        Interlocked.CompareExchange(ref _last, null, append);
        Land();
    }

    private void Land()
    {
        var inFlight = Interlocked.Decrement(ref _inFlight);
        var wakeAt = Volatile.Read(ref _wakeAt);
        if (inFlight <= wakeAt && Interlocked.CompareExchange(ref _wakeAt, NobodyWaits, wakeAt) == wakeAt)
        {
            _host.Wake();
        }
    }

    private void Append(object decided, in GrainStep step, ReplySink sink)
    {
        ActivationAppend append;
        try
        {
            append = Apply(decided, step, sink);
        }
#pragma warning disable CA1031 // The state may be half changed: whatever was thrown, this activation is over.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _services.Report($"Grain {Grain.Kind} {Grain.Key} could not apply {decided.GetType().Name}.", error);
            PoisonWith(new Poison(Version + 1, AppendOutcome.Failed, error));
            sink.Fail(new GrainFaultException(Grain, $"its own event {decided.GetType().Name} does not apply.", error));
            return;
        }

        // From here on the outcome may arrive at any time, also before Append returns.
        Interlocked.Increment(ref _inFlight);
        Volatile.Write(ref _last, append);
        try
        {
            _services.Journal.Append(append);
        }
#pragma warning disable CA1031 // A journal that throws has told nothing about the row.
        catch (Exception error)
#pragma warning restore CA1031
        {
            append.OnCompleted(AppendOutcome.Unknown, error);
        }
    }

    // Before the row is queued: an event that does not apply must never become durable.
    private ActivationAppend Apply(object decided, in GrainStep step, ReplySink sink)
    {
        var chained = _grain as IChainedGrain;
        var body = _services.Codec.Encode(decided);
        var version = Version + 1;
        var previous = chained?.ChainHead ?? Hash256.Zero;
        var hash = RowHash.Of(
            previous, _stream, version, _writer, _headWriter, step.DueAt, step.Audience, body);
        var row = new JournalRow(
            0, _stream, version, _writer, _headWriter, step.DueAt, step.Audience, body, hash);
        _grain.Apply(decided);
        chained?.Advance(hash);
        Version = version;
        _headWriter = _writer;
        var snapshot = version - _snapshotVersion >= _services.SnapshotEvery ? TakeSnapshot() : null;
        return new ActivationAppend(this, row, sink, snapshot);
    }

    private void Hold(ReplySink sink)
    {
        if (Volatile.Read(ref _last) is not { } last || !last.TryHold(sink))
        {
            Release(sink, Volatile.Read(ref _poison));
        }
    }

    private void Release(ReplySink sink, Poison? poison)
    {
        var reply = sink.HeldReply;
        var tells = sink.HeldTells;
        sink.Next = null;
        sink.HeldReply = null;
        sink.HeldTells = default;
        if (poison is not null)
        {
            sink.Fail(poison.ToException());
            return;
        }

        foreach (var tell in tells)
        {
            _services.Tell(tell);
        }

        if (reply is Exception error)
        {
            sink.Fail(error);
        }
        else
        {
            sink.Complete(reply);
        }
    }

    private CapturedSnapshot? TakeSnapshot()
    {
        if (_grain is not ISnapshotGrain saved)
        {
            return null;
        }

        _snapshotVersion = Version;
        return new CapturedSnapshot(_stream, Version, _services.SnapshotFormat, saved.SaveState());
    }

    // Before anybody hears of the failure: whoever then asks again is served by the next activation.
    private void PoisonWith(Poison poison)
    {
        if (Interlocked.CompareExchange(ref _poison, poison, null) is not null)
        {
            return;
        }

        if (poison.Outcome != AppendOutcome.Conflict)
        {
            _services.Report($"Grain {Grain.Kind} {Grain.Key}: {poison.Reason}", poison.Error);
        }

        _host.OnPoisoned();
    }
}
