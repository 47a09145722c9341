namespace Market.Chaos.Hostile;

/// <summary>
/// Work that waits in a system call, such as the read of a pipe, on a thread of its own: on the pool's few threads it
/// would stall the honest agents, and the server would be blamed for it.
/// </summary>
internal static class Blocking
{
    /// <summary>Runs it.</summary>
    public static Task<T> Run<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
