namespace Market.Simulations.Scenarios.Documents;

/// <summary>
/// A value in a YAML or JSON file, with its line: a text, a list, or fields. Exactly one of the three is there.
/// </summary>
/// <param name="place">Where it begins.</param>
internal sealed class SourceNode(Place place)
{
    /// <summary>Where it begins.</summary>
    public Place Place { get; } = place;

    /// <summary>The text of a number, a word, a string; null for a list or fields.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the text was in quotation marks: then it is a string, whatever it looks like.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>The elements of a list; null for anything else.</summary>
    public List<SourceNode>? Items { get; init; }

    /// <summary>The fields in the file's order; null for anything else.</summary>
    public List<SourceField>? Fields { get; init; }

    /// <summary>Whether it says that there is no value.</summary>
    public bool IsNull => Text is { } text && !IsQuoted && text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The value of a field; null where there is none, or it says that there is no value.</summary>
    public SourceNode? Find(string field)
    {
        if (Fields is { } fields)
        {
            foreach (var one in fields)
            {
                if (one.Key.Text == field)
                {
                    return one.Value.IsNull ? null : one.Value;
                }
            }
        }

        return null;
    }

    /// <summary>An error about this value.</summary>
    public ScenarioFileException Wrong(string problem) => new(Place, problem);
}

/// <summary>A field: a name, and a value.</summary>
/// <param name="Key">The name, a text.</param>
/// <param name="Value">The value.</param>
internal sealed record SourceField(SourceNode Key, SourceNode Value)
{
    /// <summary>The name.</summary>
    public string Name => Key.Text!;
}
