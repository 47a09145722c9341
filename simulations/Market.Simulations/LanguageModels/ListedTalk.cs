namespace Market.Simulations.LanguageModels;

/// <summary>
/// Words that are known beforehand, such as a listing's description, and a record of what is answered.
/// </summary>
/// <param name="heard">What the counterparty has written.</param>
/// <param name="messagesMax">Messages that are taken.</param>
internal sealed class ListedTalk(IEnumerable<CounterpartyText> heard, int messagesMax = 16) : ITalk
{
    private readonly List<CounterpartyText> _heard = [.. heard];
    private readonly List<string> _said = [];

    /// <inheritdoc/>
    public IReadOnlyList<CounterpartyText> Heard => _heard;

    /// <summary>What was answered, in order.</summary>
    public IReadOnlyList<string> Said => _said;

    /// <inheritdoc/>
    public bool IsOpen => _said.Count < messagesMax;

    /// <summary>The counterparty writes something more.</summary>
    public void Hear(CounterpartyText text) => _heard.Add(text);

    /// <inheritdoc/>
    public ValueTask<bool> SayAsync(string text, CancellationToken cancellationToken)
    {
        var isTaken = IsOpen;
        if (isTaken)
        {
            _said.Add(text);
        }

        return ValueTask.FromResult(isTaken);
    }
}
