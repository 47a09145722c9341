using Market.Domain.Strategies;

namespace Market.Benchmarks;

/// <summary>
/// A user's strategy as the benchmark plays it, in this process and in one of its own: the steps of Boulware behind the
/// one method that users write.
/// </summary>
/// <param name="own">The own outcomes.</param>
public sealed class UsersStrategy(RankedOutcomes own) : INegotiator
{
    private readonly INegotiator _steps = StrategyCatalog.Create("Boulware", own);

    /// <inheritdoc/>
    public NegotiatorAct Act(in NegotiationView view) => _steps.Act(view);
}
