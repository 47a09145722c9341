using Market.Grains.Hosting;

namespace Market.Testing.Faults;

/// <summary>One call of a journal: a storage boundary, at which a plan may inject a fault.</summary>
/// <param name="Number">Its place among all calls, from 1.</param>
/// <param name="Operation">What is called.</param>
/// <param name="NumberOfOperation">Its place among the calls of this operation, from 1.</param>
/// <param name="Grain">Whose row or stream it is, where the call says so.</param>
public readonly record struct StorageCall(
    long Number, StorageOperation Operation, long NumberOfOperation, GrainId? Grain);
