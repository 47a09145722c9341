using Market.Domain.Strategies;
using Market.Simulations.LanguageModels;
using Market.Simulations.Running.Users;

namespace Market.Simulations.Running;

/// <summary>
/// From what a person names to how a strategy is made: names of the catalogue, and paths of users' own strategies, each
/// of which is built and loaded once.
/// </summary>
/// <param name="cancellation">Gives up building a user's project.</param>
/// <param name="models">Language models; null where none take part.</param>
internal sealed class StrategyResolver(CancellationToken cancellation, ModelStrategies? models = null)
    : IDisposable
{
    private readonly Dictionary<string, IReadOnlyList<RunStrategy>> _loaded = new(StringComparer.Ordinal);
    private readonly BuildFolders _folders = new();

    /// <summary>The strategies of the entries in their order; a path stands for all strategies in it.</summary>
    /// <exception cref="RunRefusedException">There is no such strategy, or one is named twice.</exception>
    public IReadOnlyList<RunStrategy> Resolve(IEnumerable<string> entries)
    {
        var recipes = entries.SelectMany(ResolveOne).ToList();
        var twice = recipes.GroupBy(recipe => recipe.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? recipes
            : throw new RunRefusedException(
                $"The strategy {twice.Key} is named twice; each may take part once, and meets itself by self-play.");
    }

    /// <summary>One strategy for each entry.</summary>
    /// <exception cref="RunRefusedException">There is no such strategy, or a path has several.</exception>
    public IReadOnlyList<RunStrategy> ResolveEach(IEnumerable<string> entries) =>
        [.. entries.Select(entry => ResolveOne(entry) is [var only]
            ? only
            : throw new RunRefusedException($"{entry} has several strategies; name one: {entry}#CLASS."))];

    /// <summary>Removes what was built of single files; their strategies cannot play afterwards.</summary>
    public void Dispose() => _folders.Dispose();

    private IReadOnlyList<RunStrategy> ResolveOne(string entry)
    {
        // Before paths: a model's name may have a slash.
        if (LanguageModelSettings.IsModel(entry))
        {
            return [(models ?? throw new RunRefusedException(
                $"The strategy {entry} is a language model, which is asked anew in a run and never in a replay."))
                .Find(entry)];
        }

        if (!UserStrategies.IsPath(entry))
        {
            return [FromCatalog(entry)];
        }

        if (!_loaded.TryGetValue(entry, out var recipes))
        {
            recipes = UserStrategies.Load(entry, _folders, cancellation);
            _loaded.Add(entry, recipes);
        }

        return recipes;
    }

    private static RunStrategy FromCatalog(string name)
    {
        try
        {
            var known = StrategyCatalog.Find(name);
            return new RunStrategy(known.Name, known.UsesChance, known.Create);
        }
        catch (UnknownStrategyException e)
        {
            throw new RunRefusedException(
                $"{e.Message} A strategy of your own is named by the path of its .dll, .csproj or .cs file.", e);
        }
    }
}
