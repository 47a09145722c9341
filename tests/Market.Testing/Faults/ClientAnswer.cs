namespace Market.Testing.Faults;

/// <summary>What a client knows of a command after it has asked once.</summary>
public enum ClientOutcome : byte
{
    /// <summary>It was done, and acknowledged.</summary>
    Done = 1,

    /// <summary>It was refused by a rule.</summary>
    Refused = 2,

    /// <summary>It was not taken, since something was full; nothing was done.</summary>
    NotTaken = 3,

    /// <summary>It was done or not; asking again finds out.</summary>
    Unknown = 4,
}

/// <summary>A client's record of one question.</summary>
/// <param name="Command">What it asked; equal commands are the same command.</param>
/// <param name="Outcome">What it knows.</param>
/// <param name="Answer">The answer; null where there was none.</param>
public sealed record ClientAnswer(object Command, ClientOutcome Outcome, object? Answer);
