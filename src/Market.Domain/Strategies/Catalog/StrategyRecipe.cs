namespace Market.Domain.Strategies;

/// <summary>
/// A strategy's name, understood: any number of strategies are made by it. Immutable.
/// </summary>
public sealed class StrategyRecipe
{
    private readonly OfferingRecipe _offering;
    private readonly Func<AcceptanceCondition>? _acceptance;
    private readonly Func<OutcomeSpace, OpponentModel>? _model;

    internal StrategyRecipe(
        OfferingRecipe offering, AcceptanceRecipe? acceptance, OpponentModelRecipe? model)
    {
        Name = offering.Info.Name
            + (acceptance is null ? "" : $"+{acceptance.Name}")
            + (model is null ? "" : $"+{OpponentModelCatalog.Prefix}{model.Name}");
        KeepsState = offering.KeepsState || acceptance is { KeepsState: true } || model is not null;
        _offering = offering;
        _acceptance = acceptance?.Make;
        _model = model?.Make;
    }

    /// <summary>Its full name in one form, whatever short form it was asked for by.</summary>
    public string Name { get; }

    /// <summary>How it offers, in a sentence.</summary>
    public string Description => _offering.Info.Description;

    /// <summary>Whether its acts depend on the seed.</summary>
    public bool UsesChance => _offering.Info.UsesChance;

    /// <summary>
    /// Whether it remembers earlier turns: then one object serves one negotiation at a time, is shown every turn of it,
    /// and is restarted for the next. Without, one object serves any number of them at once.
    /// </summary>
    public bool KeepsState { get; }

    /// <summary>A strategy for a party with these ranked outcomes.</summary>
    /// <param name="own">The own outcomes.</param>
    /// <param name="seed">Of its chance, if it uses any.</param>
    /// <exception cref="ArgumentException">The strategy does not fit the agenda; the message says which
    /// would.</exception>
    public RankedNegotiator Create(RankedOutcomes own, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(own);
        var offering = _offering.Make(own, seed);
        if (_acceptance is null && _model is null)
        {
            return offering;
        }

        // A model that does not fit the agenda is refused now, and not at the first offer.
        _ = _model?.Invoke(own.Space);
        return new ComposedNegotiator(
            offering, _acceptance?.Invoke(), _model is { } model ? () => model(own.Space) : null);
    }
}
