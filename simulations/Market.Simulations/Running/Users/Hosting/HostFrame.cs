namespace Market.Simulations.Running.Users.Hosting;

/// <summary>What a frame between this program and the process of a user's strategy says.</summary>
internal enum HostFrame : byte
{
    /// <summary>To the process: rank these outcomes. Answered.</summary>
    Prepare = 1,

    /// <summary>To the process: load this class. Answered.</summary>
    Load = 2,

    /// <summary>To the process: begin a negotiation. Not answered.</summary>
    Begin = 3,

    /// <summary>To the process: it is the strategy's turn. Answered.</summary>
    Turn = 4,

    /// <summary>From the process: what was asked for is done.</summary>
    Done = 17,

    /// <summary>From the process: the strategy's act.</summary>
    Acted = 18,

    /// <summary>From the process: what the strategy did wrong, or what could not be done, in a sentence.</summary>
    Failed = 19,

    /// <summary>From the process: the strategy wanted more memory than it may have.</summary>
    OutOfMemory = 20,
}
