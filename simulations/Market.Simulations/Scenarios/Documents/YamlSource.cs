using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Market.Simulations.Scenarios.Documents;

/// <summary>
/// Reads YAML from its events and a stack of its own, so that neither nesting nor aliases can exhaust anything: deeper
/// than <see cref="ScenarioLimits.DepthMax"/> is refused, and so is every alias (a value that stands for another one).
/// </summary>
internal sealed class YamlSource
{
    private readonly string _path;
    private readonly Stack<Open> _open = [];
    private SourceNode? _root;

    private Place _last;

    private YamlSource(string path)
    {
        _path = path;
        _last = new Place(path, 1);
    }

    /// <summary>The one document of a text.</summary>
    /// <exception cref="ScenarioFileException">It is no YAML, is empty, or goes beyond a limit.</exception>
    public static SourceNode Parse(string text, string path)
    {
        var source = new YamlSource(path);
        try
        {
            using var reader = new StringReader(text);
            var parser = new Parser(reader);
            while (parser.MoveNext())
            {
                source.Take(parser.Current!);
            }
        }
        catch (YamlException error)
        {
            throw new ScenarioFileException(
                new Place(path, (int)error.Start.Line), $"this is not valid YAML: {error.Message}", error);
        }

        // The parser's own states are not all guarded against what is not closed.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new ScenarioFileException(
                source._last, "this is not valid YAML from here on; look for what is not closed.", error);
        }

        return source._root ?? throw new ScenarioFileException(new Place(path), "the file is empty.");
    }

    private void Take(ParsingEvent happened)
    {
        var place = new Place(_path, (int)happened.Start.Line);
        _last = place;
        switch (happened)
        {
            case AnchorAlias:
                throw new ScenarioFileException(place, "aliases ('*name') are not read; write the value out.");
            case Scalar scalar:
                Add(new SourceNode(place) { Text = scalar.Value, IsQuoted = scalar.Style != ScalarStyle.Plain });
                break;
            case SequenceStart:
                Push(new SourceNode(place) { Items = [] });
                break;
            case MappingStart:
                Push(new SourceNode(place) { Fields = [] });
                break;
            case SequenceEnd or MappingEnd:
                Add(_open.Pop().Node);
                break;
        }
    }

    private void Push(SourceNode node)
    {
        if (_open.Count == ScenarioLimits.DepthMax)
        {
            throw node.Wrong($"the values are nested more than {ScenarioLimits.DepthMax} deep.");
        }

        _open.Push(new Open(node));
    }

    private void Add(SourceNode node)
    {
        if (!_open.TryPeek(out var parent))
        {
            _root = _root is null ? node : throw node.Wrong("the file has a second document; one is read.");
        }
        else if (parent.Node.Items is { } items)
        {
            items.Add(node);
        }
        else if (parent.Key is not { } key)
        {
            parent.Name(node);
        }
        else
        {
            parent.Node.Fields!.Add(new SourceField(key, node));
            parent.Key = null;
        }
    }

    /// <summary>A list or fields of which the end has not come.</summary>
    private sealed class Open(SourceNode node)
    {
        private readonly HashSet<string> _names = [];

        public SourceNode Node { get; } = node;

        public SourceNode? Key { get; set; }

        public void Name(SourceNode key)
        {
            if (key.Text is not { } text)
            {
                throw key.Wrong("the name of a field must be a text.");
            }

            Key = _names.Add(text) ? key : throw key.Wrong($"'{text}' is there twice; remove one.");
        }
    }
}
