namespace Market.Simulations.Running.Users.Hosting;

/// <summary>What a strategy's process came to in a negotiation.</summary>
internal enum HostFault
{
    /// <summary>Nothing: it serves on.</summary>
    None,

    /// <summary>It was killed, since an act took too long.</summary>
    TimedOut,

    /// <summary>It ended itself, used up its memory, or answered with what is no answer.</summary>
    Broke,
}
