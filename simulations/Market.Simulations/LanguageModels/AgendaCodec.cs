using System.Globalization;
using System.Text;
using System.Text.Json;
using Market.Domain.Negotiating;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// An agenda's issues and values in the words that a model reads and writes: a key for each issue, names for choices,
/// whole numbers for amounts and ranges, dates as 2026-12-31.
/// </summary>
internal sealed class AgendaCodec
{
    private const int KeyLengthMax = 40;
    private const string DateFormat = "yyyy-MM-dd";

    private readonly bool _areLabelsTrusted;
    private readonly string[] _keys;

    /// <summary>Prepares the words.</summary>
    /// <param name="agenda">What is negotiated.</param>
    /// <param name="areLabelsTrusted">Whether its names may be shown; else neutral ones take their place.</param>
    public AgendaCodec(Agenda agenda, bool areLabelsTrusted)
    {
        Agenda = agenda;
        _areLabelsTrusted = areLabelsTrusted;
        _keys = [.. agenda.Issues.Select(issue => areLabelsTrusted ? KeyOf(issue) : string.Empty)];
        if (_keys.Any(static key => key.Length == 0) || _keys.Distinct(StringComparer.Ordinal).Count() < _keys.Length)
        {
            _keys = [.. _keys.Select(static (_, place) => string.Create(
                CultureInfo.InvariantCulture, $"issue_{place + 1}"))];
        }
    }

    /// <summary>What is negotiated.</summary>
    public Agenda Agenda { get; }

    /// <summary>The key of the issue at a place from 0.</summary>
    public string KeyOf(int issue) => _keys[issue];

    /// <summary>The words of one value of an issue.</summary>
    public string TextOf(int issue, long value) => Agenda.Issues[issue].Kind switch
    {
        IssueKind.Choice => ChoiceOf(issue, value),
        IssueKind.Boolean => value == 0 ? "no" : "yes",
        IssueKind.Date => Issue.DayOf(value).ToString(DateFormat, CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Writes an outcome as an object with a property for each issue.</summary>
    public void Write(Utf8JsonWriter writer, Outcome outcome)
    {
        writer.WriteStartObject();
        for (var i = 0; i < _keys.Length; i++)
        {
            WriteValue(writer, _keys[i], i, outcome[i]);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads an outcome from an object with a property for each issue.</summary>
    /// <returns>Null where a property is missing, of another kind, or no value of its issue.</returns>
    public Outcome? Read(JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        Span<long> read = stackalloc long[_keys.Length];
        for (var i = 0; i < _keys.Length; i++)
        {
            var isGiven = values.TryGetProperty(_keys[i], out var value);
            if ((isGiven ? ValueOf(i, value) : OnlyValueOf(i)) is not { } known)
            {
                return null;
            }

            read[i] = known;
        }

        var outcome = Outcome.Of(read);
        return Agenda.Contains(outcome) ? outcome : null;
    }

    /// <summary>The JSON schema of the object that <see cref="Read"/> takes.</summary>
    public void WriteSchema(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        for (var i = 0; i < _keys.Length; i++)
        {
            writer.WriteStartObject(_keys[i]);
            WriteTypeOf(writer, i);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartArray("required");
        foreach (var key in _keys)
        {
            writer.WriteStringValue(key);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    // What has one value only need not be said.
    private long? OnlyValueOf(int issue) =>
        Agenda.Issues[issue].LevelCount == 1 ? Agenda.Issues[issue].Lowest : null;

    private void WriteTypeOf(Utf8JsonWriter writer, int issue)
    {
        var known = Agenda.Issues[issue];
        if (known.Kind is IssueKind.Choice or IssueKind.Boolean)
        {
            writer.WriteString("type", "string");
            writer.WriteStartArray("enum");
            for (var level = 0L; level < known.LevelCount; level++)
            {
                writer.WriteStringValue(TextOf(issue, known.ValueAt(level)));
            }

            writer.WriteEndArray();
            return;
        }

        var isDate = known.Kind == IssueKind.Date;
        writer.WriteString("type", isDate ? "string" : "integer");
        var step = known.Step > 1 ? $", in steps of {known.Step}{(isDate ? " days" : string.Empty)}" : string.Empty;
        writer.WriteString(
            "description", $"from {TextOf(issue, known.Lowest)} to {TextOf(issue, known.Highest)}{step}");
    }

    private void WriteValue(Utf8JsonWriter writer, string key, int issue, long value)
    {
        if (Agenda.Issues[issue].Kind is IssueKind.Choice or IssueKind.Boolean or IssueKind.Date)
        {
            writer.WriteString(key, TextOf(issue, value));
        }
        else
        {
            writer.WriteNumber(key, value);
        }
    }

    // Models write whole numbers as 5, 5.0 and "5".
    private long? ValueOf(int issue, JsonElement value)
    {
        var known = Agenda.Issues[issue];
        if (value.ValueKind == JsonValueKind.Number)
        {
            return known.Kind is IssueKind.Choice or IssueKind.Boolean or IssueKind.Date ? null
                : value.TryGetInt64(out var whole) ? whole
                : value.TryGetDecimal(out var number) && decimal.IsInteger(number)
                    && number is >= long.MinValue and <= long.MaxValue ? (long)number
                : null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False && known.Kind == IssueKind.Boolean)
        {
            return value.GetBoolean() ? 1 : 0;
        }

        return value.ValueKind == JsonValueKind.String ? ValueOf(issue, known, value.GetString()!) : null;
    }

    private long? ValueOf(int issue, Issue known, string text)
    {
        switch (known.Kind)
        {
            case IssueKind.Choice or IssueKind.Boolean:
                for (var level = 0L; level < known.LevelCount; level++)
                {
                    if (TextOf(issue, known.ValueAt(level)).Equals(text, StringComparison.OrdinalIgnoreCase))
                    {
                        return known.ValueAt(level);
                    }
                }

                return null;
            case IssueKind.Date:
                return DateOnly.TryParseExact(
                    text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? Issue.ValueOf(day) : null;
            default:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? number : null;
        }
    }

    private string ChoiceOf(int issue, long value)
    {
        var choices = Agenda.Issues[issue].Choices;
        return _areLabelsTrusted && value >= 0 && value < choices.Count
            ? choices[(int)value]
            : string.Create(CultureInfo.InvariantCulture, $"choice {value + 1}");
    }

    // Empty where no key can be made of the name.
    private static string KeyOf(Issue issue)
    {
        var key = new StringBuilder();
        foreach (var character in issue.Name)
        {
            key.Append(char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '_');
        }

        return key.Length <= KeyLengthMax ? key.ToString().Trim('_') : string.Empty;
    }
}
