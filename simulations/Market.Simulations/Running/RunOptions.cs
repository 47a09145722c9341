namespace Market.Simulations.Running;

/// <summary>How a run is carried out: nothing that its results depend on.</summary>
/// <param name="Parallel">How many negotiations run at once.</param>
/// <param name="First">Number of the first negotiation to run: those before it are there already.</param>
internal sealed record RunOptions(int Parallel, long First = 0);
