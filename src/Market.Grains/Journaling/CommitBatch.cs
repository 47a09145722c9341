namespace Market.Grains.Journaling;

/// <summary>A group of rows on its way through the writer and the publisher; used again and again.</summary>
internal sealed class CommitBatch(int rowsMax)
{
    private readonly PendingAppend[] _appends = new PendingAppend[rowsMax];
    private readonly AppendOutcome[] _outcomes = new AppendOutcome[rowsMax];
    private PendingAppend[]? _appended;
    private BatchResult _result;

    public int Count { get; private set; }

    /// <summary>Position of the first row that has become durable; 0 when none has.</summary>
    public long FirstPosition { get; private set; }

    /// <summary>Position of the last row that has become durable; 0 when none has.</summary>
    public long LastPosition { get; private set; }

    public void Fill(ReadOnlySpan<PendingAppend> appends)
    {
        appends.CopyTo(_appends);
        Count = appends.Length;
    }

    /// <summary>Writes the rows.</summary>
    public void Write(IBatchWriter writer)
    {
        var outcomes = _outcomes.AsSpan(0, Count);
        _result = writer.Write(_appends.AsSpan(0, Count), outcomes);
        var appended = outcomes.Count(AppendOutcome.Appended);
        FirstPosition = appended == 0 ? 0 : _result.FirstPosition;
        LastPosition = appended == 0 ? 0 : _result.FirstPosition + appended - 1;
    }

    /// <summary>
    /// Rows before these could not be read, so these cannot be told of: whoever queued them learns that their outcome
    /// is unknown here, and the observers get them when they can be read.
    /// </summary>
    public void Lose(Exception error)
    {
        _outcomes.AsSpan(0, Count).Replace(AppendOutcome.Appended, AppendOutcome.Unknown);
        _result = new BatchResult(0, error);
        FirstPosition = LastPosition = 0;
    }

    /// <summary>
    /// Tells the observers of the durable rows after a position, and then every caller of its row's outcome.
    /// </summary>
    public void Publish(ICommitObserver[] observers, long announced)
    {
        var appended = GivePositions();
        appended = appended[(int)Math.Clamp(announced - FirstPosition + 1, 0, appended.Length)..];
        if (!appended.IsEmpty)
        {
            foreach (var observer in observers)
            {
                observer.OnCommitted(appended);
            }
        }

        for (var i = 0; i < Count; i++)
        {
            var error = _outcomes[i] is AppendOutcome.Failed or AppendOutcome.Unknown ? _result.Error : null;
            _appends[i].OnCompleted(_outcomes[i], error);
        }

        // A batch that waits for its next use keeps nothing alive.
        _appends.AsSpan(0, Count).Clear();
        _appended.AsSpan().Clear();
        Count = 0;
    }

    private ReadOnlySpan<PendingAppend> GivePositions()
    {
        var appends = _appends.AsSpan(0, Count);
        var position = _result.FirstPosition;
        var appended = 0;
        for (var i = 0; i < appends.Length; i++)
        {
            if (_outcomes[i] == AppendOutcome.Appended)
            {
                appends[i].TakePosition(position++);
                appended++;
            }
        }

        if (appended == appends.Length || appended == 0)
        {
            return appends[..appended];
        }

        // Conflicts are rare, so the rows between them are gathered only here.
        _appended ??= new PendingAppend[_appends.Length];
        for (int i = 0, next = 0; i < appends.Length; i++)
        {
            if (_outcomes[i] == AppendOutcome.Appended)
            {
                _appended[next++] = appends[i];
            }
        }

        return _appended.AsSpan(0, appended);
    }
}
