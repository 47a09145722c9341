using Market.Domain;

namespace Market.Client.Pending;

/// <summary>
/// Pending commands in a small file that only its owner may read. An act is on the disk before it is sent; acts of many
/// threads share a write. The file stays small: what is struck out is left away when it is written anew. For one client
/// at a time.
/// </summary>
/// <param name="path">The file; its folder is created. A file beside it, ending in .lock, keeps other clients
/// away.</param>
/// <param name="unansweredMax">How many acts without an answer it holds before it takes no more.</param>
public sealed class FilePendingCommands(string path, int unansweredMax = 1_024) : IPendingCommands
{
    private readonly string _path = Path.GetFullPath(path);
    private readonly int _unansweredMax = unansweredMax > 0 ? unansweredMax : throw new ArgumentOutOfRangeException(
        nameof(unansweredMax), unansweredMax, "There must be room for one act at least.");

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<MessageId, PendingCommand> _unanswered = [];
    private List<Waiting> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private PendingFile? _file;
    private IOException? _fault;

    /// <inheritdoc/>
    /// <exception cref="IOException">Another client has the file open, or it cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file is of another kind, or damaged before its end.</exception>
    public ValueTask<IReadOnlyList<PendingCommand>> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_file is not null)
            {
                throw new IOException(
                    $"'{_path}' is in use: another client of this program has these pending commands open.");
            }

            _file = PendingFile.Open(_path, out var unanswered);
            (_fault, _waiting) = (null, []);
            _unanswered.Clear();
            foreach (var command in unanswered)
            {
                _unanswered.Add(command.Id, command);
            }

            return ValueTask.FromResult(unanswered);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="PendingCommandsFullException">Too many acts have no answer yet.</exception>
    /// <exception cref="IOException">The file cannot be written; no act is taken until it is opened again.</exception>
    public async ValueTask AddAsync(PendingCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        cancellationToken.ThrowIfCancellationRequested();
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_file is null || _fault is not null)
            {
                throw _fault ?? new IOException($"'{_path}' is not open.");
            }

            if (_unanswered.ContainsKey(command.Id))
            {
                return;
            }

            if (_unanswered.Count >= _unansweredMax)
            {
                throw new PendingCommandsFullException(_unansweredMax);
            }

            _unanswered.Add(command.Id, command);
            Enqueue(new Waiting(new PendingLine(command.Id, command), written));
        }

        // Not cut short: whether the act may be sent is known only when the write has ended.
        await written.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask StrikeAsync(MessageId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_file is not null && _fault is null && _unanswered.Remove(id))
            {
                Enqueue(new Waiting(new PendingLine(id, Added: null), Written: null));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        Task writing;
        lock (_gate)
        {
            writing = _writing;
        }

        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Enqueue(Waiting waiting)
    {
        _waiting.Add(waiting);
        if (!_isWriting)
        {
            _isWriting = true;
            _writing = Task.Run(WriteAll);
        }
    }

    private void WriteAll()
    {
        while (Next() is { } batch)
        {
            try
            {
                var isDurable = batch.Exists(static w => w.Written is not null);
                _file!.Append(batch.Select(static w => w.Line), isDurable);
                if (_file.IsWorthCompacting)
                {
                    // Those that wait to be written are written twice, which changes nothing.
                    _file.Compact(Unanswered());
                }

                batch.ForEach(static w => w.Written?.SetResult());
            }
            catch (Exception error)
            {
                Fail(batch, new IOException(
                    $"'{_path}' cannot be written, so nothing is sent: {error.Message}", error));
            }
        }
    }

    private List<Waiting>? Next()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            (var batch, _waiting) = (_waiting, []);
            return batch;
        }
    }

    private PendingCommand[] Unanswered()
    {
        lock (_gate)
        {
            return [.. _unanswered.Values];
        }
    }

    private void Fail(List<Waiting> batch, IOException fault)
    {
        lock (_gate)
        {
            _fault = fault;
            batch.AddRange(_waiting);
            _waiting = [];
        }

        batch.ForEach(w => w.Written?.SetException(fault));
    }

    /// <summary>A line that waits to be written, and who waits for it.</summary>
    private sealed record Waiting(PendingLine Line, TaskCompletionSource? Written);
}
