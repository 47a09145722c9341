namespace Market.Simulations.LanguageModels;

/// <summary>The words beside the offers: what the counterparty has written, and a way to answer.</summary>
internal interface ITalk
{
    /// <summary>What the counterparty has written so far, in order.</summary>
    IReadOnlyList<CounterpartyText> Heard { get; }

    /// <summary>Whether it takes another message of this side now.</summary>
    bool IsOpen { get; }

    /// <summary>Sends a message to the counterparty.</summary>
    /// <returns>Whether it was taken.</returns>
    ValueTask<bool> SayAsync(string text, CancellationToken cancellationToken);
}
