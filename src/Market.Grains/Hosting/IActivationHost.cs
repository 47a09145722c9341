namespace Market.Grains.Hosting;

/// <summary>
/// What an activation needs of whatever runs it: a mailbox of the embedded cluster, or an Orleans grain. The calls
/// come from the journal's thread, the pool's or from inside a turn: they must not block and must not run the
/// activation.
/// </summary>
public interface IActivationHost
{
    /// <summary>
    /// Queues a message again whose sink waits for its answer: it was admitted before, so no limit turns it away.
    /// </summary>
    void Deliver(object message, ReplySink sink);

    /// <summary>The appends in flight have come down to what <see cref="Activation.MustWaitFor"/> waits for.</summary>
    void Wake();

    /// <summary>
    /// The activation is poisoned: fail whatever is queued for it by now, and load the grain again once none of its
    /// appends is in flight. Called once, before anybody hears of the failure.
    /// </summary>
    void OnPoisoned();
}
