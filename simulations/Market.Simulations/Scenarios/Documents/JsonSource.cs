using System.Text;
using System.Text.Json;

namespace Market.Simulations.Scenarios.Documents;

/// <summary>
/// Reads JSON with the line of every value. The three words that Python writes beside JSON (Infinity, -Infinity, NaN)
/// are taken as texts.
/// </summary>
internal static class JsonSource
{
    /// <summary>The value of a text.</summary>
    /// <exception cref="ScenarioFileException">It is no JSON, or goes beyond a limit.</exception>
    public static SourceNode Parse(string text, string path)
    {
        var bytes = Encoding.UTF8.GetBytes(WithQuotedWords(text));
        try
        {
            var options = new JsonReaderOptions { MaxDepth = ScenarioLimits.DepthMax };
            return new Walk(path).Read(new Utf8JsonReader(bytes, options), bytes);
        }
        catch (JsonException error)
        {
            var line = (int)(error.LineNumber ?? 0) + 1;
            throw new ScenarioFileException(
                new Place(path, line), $"this is not valid JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new ScenarioFileException(new Place(path), "a text in it is no valid UTF-16.", error);
        }
    }

    private static string WithQuotedWords(string text)
    {
        if (!text.Contains("Infinity", StringComparison.Ordinal) && !text.Contains("NaN", StringComparison.Ordinal))
        {
            return text;
        }

        var quoted = new StringBuilder(text.Length + 16);
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (inString && text[i] == '\\' && i + 1 < text.Length)
            {
                quoted.Append(text[i++]).Append(text[i]);
                continue;
            }

            inString ^= text[i] == '"';
            if (!inString && WordAt(text, i) is { } word)
            {
                quoted.Append('"').Append(word).Append('"');
                i += word.Length - 1;
            }
            else
            {
                quoted.Append(text[i]);
            }
        }

        return quoted.ToString();
    }

    private static string? WordAt(string text, int at) => Array.Find(
        ["-Infinity", "Infinity", "NaN"], word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0);

    /// <summary>One pass over the tokens; lines are counted as they go by.</summary>
    private sealed class Walk(string path)
    {
        private int _line = 1;
        private int _counted;

        public SourceNode Read(Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            var open = new Stack<(SourceNode Node, SourceNode? Key, HashSet<string> Names)>();
            SourceNode? root = null;
            while (reader.Read())
            {
                var place = PlaceOf(ref reader, bytes);
                SourceNode? done = null;
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        open.Push((new SourceNode(place) { Fields = [] }, null, []));
                        break;
                    case JsonTokenType.StartArray:
                        open.Push((new SourceNode(place) { Items = [] }, null, []));
                        break;
                    case JsonTokenType.PropertyName:
                        var name = new SourceNode(place) { Text = reader.GetString(), IsQuoted = true };
                        open.Push(Named(open.Pop(), name));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        done = open.Pop().Node;
                        break;
                    default:
                        done = Leaf(ref reader, place);
                        break;
                }

                if (done is null)
                {
                    continue;
                }

                if (open.TryPop(out var parent))
                {
                    open.Push(With(parent, done));
                }
                else
                {
                    root = done;
                }
            }

            return root!;
        }

        private static (SourceNode, SourceNode?, HashSet<string>) Named(
            (SourceNode Node, SourceNode? Key, HashSet<string> Names) at, SourceNode key) =>
            at.Names.Add(key.Text!) ? (at.Node, key, at.Names) : throw key.Wrong($"'{key.Text}' is there twice.");

        private static (SourceNode, SourceNode?, HashSet<string>) With(
            (SourceNode Node, SourceNode? Key, HashSet<string> Names) at, SourceNode value)
        {
            at.Node.Items?.Add(value);
            at.Node.Fields?.Add(new SourceField(at.Key!, value));
            return at;
        }

        private static SourceNode Leaf(ref Utf8JsonReader reader, Place place) => reader.TokenType switch
        {
            JsonTokenType.String => new SourceNode(place) { Text = reader.GetString(), IsQuoted = true },
            JsonTokenType.Null => new SourceNode(place) { Text = string.Empty },
            _ => new SourceNode(place) { Text = Encoding.UTF8.GetString(reader.ValueSpan) },
        };

        private Place PlaceOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            var start = (int)reader.TokenStartIndex;
            _line += bytes[_counted..start].Count((byte)'\n');
            _counted = start;
            return new Place(path, _line);
        }
    }
}
