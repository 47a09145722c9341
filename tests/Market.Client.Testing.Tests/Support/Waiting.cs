namespace Market.Client.Testing.Tests;

/// <summary>Waits that end, also on a machine that is busy with other things.</summary>
internal static class Waiting
{
    /// <summary>Far beyond what any machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The task, which must end.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);

    /// <inheritdoc cref="Soon{T}"/>
    public static Task Soon(this Task task) => task.WaitAsync(Patience);
}
