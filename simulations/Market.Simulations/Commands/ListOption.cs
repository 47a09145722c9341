using System.CommandLine;

namespace Market.Simulations.Commands;

/// <summary>Options that several commands share the making of.</summary>
internal static class ListOption
{
    /// <summary>An option with values that are separated by commas, and that may be given more than once.</summary>
    public static Option<string[]> Of(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
            [.. result.Tokens.SelectMany(token => Split(token.Value)).Where(entry => entry.Length > 0)],
    };

    /// <summary>
    /// The entries of a list; a comma inside parentheses belongs to a strategy's name, and one behind
    /// <c>generated:</c> to its description.
    /// </summary>
    public static IEnumerable<string> Split(string list)
    {
        if (list.StartsWith("generated:", StringComparison.Ordinal))
        {
            yield return list;
            yield break;
        }

        var (start, depth) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] == '(' ? 1 : list[i] == ')' ? -1 : 0;
            if (list[i] == ',' && depth == 0)
            {
                yield return list[start..i].Trim();
                start = i + 1;
            }
        }

        yield return list[start..].Trim();
    }

    /// <summary>An option with a whole number of at least 1.</summary>
    public static Option<int> Positive(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{name} is a whole number of at least 1.");
            }
        });
        return option;
    }
}
