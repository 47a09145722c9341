namespace Market.Grains.Hosting;

/// <summary>
/// Work that one silo of a cluster does for all: sweeping deadlines, telling who must end, running hosted strategies.
/// All of it is idempotent, so two that do it for a moment do no harm; it is only wasteful.
/// </summary>
public interface ISoleDuty
{
    /// <summary>Whether this silo has the duty.</summary>
    bool IsHeld { get; }

    /// <summary>Waits until this silo has the duty.</summary>
    ValueTask WaitAsync(CancellationToken cancellationToken);
}

/// <summary>The duty of the only process of a market.</summary>
public sealed class OnlySilo : ISoleDuty
{
    /// <summary>The one instance.</summary>
    public static OnlySilo Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsHeld => true;

    /// <inheritdoc/>
    public ValueTask WaitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
