namespace Market.Testing.Faults;

/// <summary>Says which storage call meets which fault. A seeded plan chooses the same for the same calls.</summary>
public sealed class FaultPlan
{
    private readonly Func<StorageCall, StorageFault> _choose;

    private FaultPlan(Func<StorageCall, StorageFault> choose) => _choose = choose;

    /// <summary>No faults.</summary>
    public static FaultPlan None { get; } = new(static _ => StorageFault.None);

    /// <summary>Whatever a function chooses; it is asked for one call at a time.</summary>
    public static FaultPlan Of(Func<StorageCall, StorageFault> choose) => new(choose);

    /// <summary>One fault, at the n-th call of any kind, from 1.</summary>
    public static FaultPlan AtCall(long number, StorageFault fault) =>
        new(call => call.Number == number ? fault : StorageFault.None);

    /// <summary>One fault, at the n-th append, from 1.</summary>
    public static FaultPlan AtAppend(long number, StorageFault fault) => new(call =>
        call.Operation == StorageOperation.Append && call.NumberOfOperation == number ? fault : StorageFault.None);

    /// <summary>
    /// Each append, and each other call a quarter as often, meets one of the faults with a probability.
    /// </summary>
    /// <param name="seed">The same seed chooses the same.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="faults">One of them, each as likely.</param>
    public static FaultPlan Random(int seed, double probability, params StorageFault[] faults)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentOutOfRangeException.ThrowIfZero(faults.Length, nameof(faults));
        var random = new Random(seed);
        return new FaultPlan(call =>
        {
            var chance = call.Operation == StorageOperation.Append ? probability : probability / 4;
            var isHit = random.NextDouble() < chance;
            var fault = faults[random.Next(faults.Length)];
            return isHit ? fault : StorageFault.None;
        });
    }

    /// <summary>The fault of a call.</summary>
    public StorageFault Choose(StorageCall call) => _choose(call);
}
