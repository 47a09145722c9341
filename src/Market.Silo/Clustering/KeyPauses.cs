using System.Buffers.Binary;
using System.Collections.Concurrent;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Silo.Clustering;

/// <summary>
/// Closes a key on all silos while it is revoked on one, so that nothing that it signed is recorded after its
/// revocation, whichever silo verified the signature. A silo opens it again when it is told to and has read the journal
/// as far as the revocation, or else after a time: a silo that ended in between leaves no key closed. A silo that does
/// not answer must be unable to append before anything is done.
/// </summary>
internal sealed class KeyPauses
{
    /// <summary>Longest that a silo which was told to close a key keeps it closed without a further word.</summary>
    public static readonly TimeSpan ClosedAtMost = TimeSpan.FromSeconds(30);

    private const int MessageLength = 1 + 1 + sizeof(long) + 16 + 16;
    private static readonly byte[] HasJoined = [0];
    private static readonly TimeSpan JoinsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan JoinAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly SiloCluster _silo;
    private readonly IJournal _journal;
    private readonly TimeProvider _time;
    private readonly Func<IReadOnlyCollection<string>, Task>? _requireAll;
    private readonly List<IPausable> _kinds = [];
    private readonly ConcurrentDictionary<Guid, Action> _closed = new();
    private readonly ConcurrentDictionary<Guid, Task> _underWay = new();

    /// <summary>Listens to other silos.</summary>
    /// <param name="silo">This one.</param>
    /// <param name="journal">The journal that all share.</param>
    /// <param name="time">The clock.</param>
    /// <param name="requireAll">
    /// Given the silos that answered, throws <see cref="SiloUnreachableException"/> where another one can append.
    /// </param>
    public KeyPauses(
        SiloCluster silo, IJournal journal, TimeProvider time,
        Func<IReadOnlyCollection<string>, Task>? requireAll = null)
    {
        (_silo, _journal, _time, _requireAll) = (silo, journal, time, requireAll);
        silo.Heard = HearAsync;
    }

    /// <summary>Names the kinds of keys, in the same order on all silos.</summary>
    public void Serve(params IPausable[] kinds) => _kinds.AddRange(kinds);

    /// <summary>
    /// On a silo that has joined and serves nobody yet: ends when nothing is done any more of which it has not heard.
    /// What others begin later requires its answer, since it can append.
    /// </summary>
    /// <exception cref="MarketStartException">Another silo does not answer, and is not declared dead.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        for (var began = _time.GetTimestamp(); ;)
        {
            try
            {
                await _silo.TellSilosAsync(HasJoined).ConfigureAwait(false);
                return;
            }
            catch (SiloUnreachableException error) when (_time.GetElapsedTime(began) >= JoinsWithin)
            {
                throw new MarketStartException($"This silo could not join: {error.Message}");
            }
            catch (SiloUnreachableException)
            {
                await Task.Delay(JoinAgainAfter, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does something while nobody uses a key on another silo; here it is closed already.</summary>
    /// <param name="kind">The type of what was given to <see cref="Serve"/>.</param>
    /// <param name="number">The key.</param>
    /// <param name="action">What to do.</param>
    /// <exception cref="OutcomeUnknownException">
    /// A silo that can append did not answer; nothing was done. Ask again.
    /// </exception>
    public async ValueTask<T> AloneAsync<T>(Type kind, Guid number, Func<ValueTask<T>> action)
    {
        var pause = Guid.NewGuid();
        var place = _kinds.FindIndex(one => one.GetType() == kind);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _underWay[pause] = done.Task;
        try
        {
            var answered = await _silo.TellSilosAsync(Message(place, isOpening: false, number, pause))
                .ConfigureAwait(false);
            await (_requireAll?.Invoke(answered) ?? Task.CompletedTask).ConfigureAwait(false);
            return await action().ConfigureAwait(false);
        }
        catch (SiloUnreachableException error)
        {
            throw new OutcomeUnknownException("A silo did not answer; what was asked for was not begun.", error);
        }
        finally
        {
            _underWay.TryRemove(pause, out _);
            done.SetResult();
            await OpenElsewhereAsync(Message(place, isOpening: true, number, pause)).ConfigureAwait(false);
        }
    }

    private async Task OpenElsewhereAsync(byte[] message)
    {
        try
        {
            await _silo.TellSilosAsync(message).ConfigureAwait(false);
        }
        catch (SiloUnreachableException)
        {
            // Whoever did not hear it opens the key by itself, in time.
        }
    }

    private async Task HearAsync(byte[] message)
    {
        if (message.AsSpan().SequenceEqual(HasJoined))
        {
            await Task.WhenAll(_underWay.Values).ConfigureAwait(false);
            return;
        }

        if (message.Length != MessageLength || message[0] >= _kinds.Count)
        {
            throw new ArgumentException("Another silo said what this program does not know.", nameof(message));
        }

        var kind = _kinds[message[0]];
        var number = new Guid(message.AsSpan(10, 16));
        var pause = new Guid(message.AsSpan(26, 16));
        if (message[1] == 0)
        {
            await CloseAsync(kind, number, pause).ConfigureAwait(false);
        }
        else if (await _silo.ReachAsync(BinaryPrimitives.ReadInt64BigEndian(message.AsSpan(2))).ConfigureAwait(false))
        {
            Open(pause);
        }
    }

    private Task CloseAsync(IPausable kind, Guid number, Guid pause)
    {
        var left = kind.Close(number);
        var timer = _time.CreateTimer(
            state => Open((Guid)state!), pause, ClosedAtMost, Timeout.InfiniteTimeSpan);
        _closed[pause] = () =>
        {
            timer.Dispose();
            kind.Open(number);
        };
        return left;
    }

    private void Open(Guid pause)
    {
        if (_closed.TryRemove(pause, out var open))
        {
            open();
        }
    }

    private byte[] Message(int kind, bool isOpening, Guid number, Guid pause)
    {
        var message = new byte[MessageLength];
        message[0] = checked((byte)kind);
        message[1] = isOpening ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(2), _journal.Head);
        number.TryWriteBytes(message.AsSpan(10));
        pause.TryWriteBytes(message.AsSpan(26));
        return message;
    }
}
