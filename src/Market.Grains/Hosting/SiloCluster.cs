using System.Buffers.Binary;
using System.Collections.Concurrent;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// One silo of many: the port to all grains of a cluster. A transport places grains on silos; on its silo a grain is in
/// a mailbox of the embedded cluster, with all the rules of that one: bounded queues, one message at a time, nothing
/// before it is durable, poisoned activations buried, idle ones unloaded. What a caller may rely on is the same.
/// </summary>
/// <param name="journal">The journal that all silos share.</param>
/// <param name="transport">Places grains and carries bytes; owned by this.</param>
public sealed class SiloCluster(IJournal journal, ISiloTransport transport) : IGrainCluster, IAsyncDisposable
{
    private const int AsksMax = 50_000;
    private const int TellsMax = 50_000;
    private const int KnownMax = 500_000;

    // Longest that another silo's answer waits until the journal here has read what it rests on.
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<GrainId, Action> _placed = new();
    private readonly KnownGrains _known = new(KnownMax);
    private EmbeddedCluster _here = null!;
    private JournalReached _reached = null!;
    private int _asks;
    private int _tells;
    private volatile bool _isStopping;

    /// <summary>Takes what another silo says to all; set before the start.</summary>
    public Func<byte[], Task>? Heard { get; set; }

    /// <summary>Grains that are placed on this silo.</summary>
    public int PlacedHere => _placed.Count;

    /// <summary>Joins the cluster.</summary>
    /// <param name="here">
    /// This silo's mailboxes, whose options name <see cref="Tell(Hosting.Tell)"/> and <see cref="Left"/>; the caller
    /// disposes them after this.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task StartAsync(EmbeddedCluster here, CancellationToken cancellationToken = default)
    {
        journal.Observe(_known);
        (_here, _reached) = (here, new JournalReached(journal));
        return transport.StartAsync(this, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<object> AskAsync(
        GrainId grain, object message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (_placed.ContainsKey(grain))
        {
            return await _here.AskAsync(grain, message, cancellationToken).ConfigureAwait(false);
        }

        if (_isStopping || journal.PendingCount >= _here.Options.JournalPendingMax)
        {
            throw Overloaded();
        }

        // An id that somebody made up takes no place on any silo.
        if (!_known.Contains(grain)
            && !await _here.ExistsAsync(grain, message, cancellationToken).ConfigureAwait(false))
        {
            return GrainNotFound.Instance;
        }

        var reply = await SendAsync(grain, GrainMessageCodec.Encode(message), cancellationToken).ConfigureAwait(false);
        if (!await _reached
            .WaitAsync(BinaryPrimitives.ReadInt64BigEndian(reply), ReadWithin, cancellationToken)
            .ConfigureAwait(false))
        {
            // The database shows a silo that was declared dead nothing more, so it confirms nothing of after its death.
            throw new OutcomeUnknownException($"What grain {grain.Kind} {grain.Key} did was not read here in time.");
        }

        var answer = GrainMessageCodec.DecodeReply(reply.AsSpan(sizeof(long)), cancellationToken);
        if (answer is not GrainNotFound)
        {
            _known.Add(grain);
        }

        return answer;
    }

    /// <inheritdoc/>
    public void Tell(GrainId grain, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_placed.ContainsKey(grain))
        {
            _here.Tell(grain, message);
        }
        else if (Interlocked.Increment(ref _tells) > TellsMax || _isStopping)
        {
            Interlocked.Decrement(ref _tells);
            _here.Metrics.AddTellDropped();
        }
        else
        {
            _ = TellAsync(grain, message);
        }
    }

    /// <summary>Passes on what a grain of this silo tells.</summary>
    public void Tell(Tell tell) => Tell(tell.To, tell.Message);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent, long afterPosition, CancellationToken cancellationToken) =>
        _here.SubscribeAsync(agent, afterPosition, cancellationToken);

    /// <summary>
    /// A grain has left memory here, or its activation was poisoned: its place is given up, and the next message places
    /// it anew. Where another silo wrote its stream, that also ends the second of two places.
    /// </summary>
    public void Left(GrainId grain)
    {
        if (_placed.TryGetValue(grain, out var giveUp))
        {
            giveUp();
        }
    }

    /// <summary>Takes nothing new, hands the grains that are here over to others, and leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        await transport.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Says something to every other silo; ends when all that count as alive have taken it.</summary>
    /// <returns>The names of those.</returns>
    /// <exception cref="SiloUnreachableException">
    /// One did not answer: until it does, or counts as dead, it can be said only in part.
    /// </exception>
    public Task<IReadOnlyCollection<string>> TellSilosAsync(byte[] message) => transport.TellSilosAsync(message);

    /// <summary>Has the cluster add up an agent's live sessions.</summary>
    /// <inheritdoc cref="ISiloTransport.CountSessionsAsync"/>
    public Task<int> CountSessionsAsync(AgentNumber agent, int here) => transport.CountSessionsAsync(agent, here);

    /// <summary>Waits until everything here has taken the journal's row at a position, for a bounded time.</summary>
    /// <returns>Whether it has.</returns>
    public ValueTask<bool> ReachAsync(long position) => _reached.WaitAsync(position, ReadWithin);

    /// <summary>For the transport: another silo says something to all.</summary>
    public Task HearAsync(byte[] message) => Heard?.Invoke(message) ?? Task.CompletedTask;

    /// <summary>For the transport: a grain has its place here from now on.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="giveUp">Has the transport take it away; must neither block nor throw.</param>
    public void Placed(GrainId grain, Action giveUp) => _placed[grain] = giveUp;

    /// <summary>
    /// For the transport: a grain loses its place here. At the end all that it accepted is answered and it is unloaded;
    /// after a cancellation the journal fences what is left of it.
    /// </summary>
    public async Task DisplacedAsync(GrainId grain, CancellationToken cancellationToken)
    {
        _placed.TryRemove(grain, out _);
        await _here.LeaveAsync(grain).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>For the transport: answers an ask of another silo; never throws.</summary>
    /// <returns>How far the journal here had got (8 bytes, big-endian), then the reply.</returns>
    public async Task<byte[]> AnswerAsync(GrainId grain, byte[] message, CancellationToken cancellationToken)
    {
        byte[] answer;
        try
        {
            answer = GrainMessageCodec.Encode(await _here
                .AskAsync(grain, GrainMessageCodec.DecodeMessage(message), cancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Whatever the ask ended with goes back as bytes, and is thrown where it was asked.
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer = GrainMessageCodec.EncodeFailure(grain, error);
        }

        var reply = new byte[sizeof(long) + answer.Length];
        BinaryPrimitives.WriteInt64BigEndian(reply, journal.Head);
        answer.CopyTo(reply.AsSpan(sizeof(long)));
        return reply;
    }

    /// <summary>For the transport: takes a tell of another silo.</summary>
    public void Take(GrainId grain, byte[] message) => _here.Tell(grain, GrainMessageCodec.DecodeMessage(message));

    private async Task<byte[]> SendAsync(GrainId grain, byte[] message, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _asks) <= AsksMax
                ? await transport.AskAsync(grain, message, cancellationToken).ConfigureAwait(false)
                : throw Overloaded();
        }
        catch (SiloUnreachableException error)
        {
            throw new OutcomeUnknownException($"The silo of grain {grain.Kind} {grain.Key} did not answer.", error);
        }
        finally
        {
            Interlocked.Decrement(ref _asks);
        }
    }

    private async Task TellAsync(GrainId grain, object message)
    {
        try
        {
            await transport.TellAsync(grain, GrainMessageCodec.Encode(message)).ConfigureAwait(false);
        }
        catch (SiloUnreachableException)
        {
            _here.Metrics.AddTellDropped(); // whoever told tells again
        }
        finally
        {
            Interlocked.Decrement(ref _tells);
        }
    }

    private GrainOverloadedException Overloaded()
    {
        _here.Metrics.AddOverload();
        return new GrainOverloadedException(_here.Options.RetryAfter);
    }
}
