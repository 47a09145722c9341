using System.Xml.Linq;

namespace Market.Simulations.Scenarios.Documents;

/// <summary>A file, read as what its content is: XML, JSON or YAML, whatever its name ends in.</summary>
/// <param name="Path">The file.</param>
/// <param name="Root">What a YAML or JSON file holds; null for XML.</param>
/// <param name="Xml">The root element of an XML file; null for anything else.</param>
internal sealed record SourceDocument(string Path, SourceNode? Root, XElement? Xml)
{
    /// <summary>The file's name without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Whether it holds fields and among them these.</summary>
    public bool HasFields(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (Root?.Fields?.Any(one => one.Name == field) is not true)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScenarioFileException">It cannot be read, or is none of the three.</exception>
    public static SourceDocument Open(string path) => Parse(SourceText.Read(path), path);

    /// <summary>Reads a text.</summary>
    /// <exception cref="ScenarioFileException">It is none of the three.</exception>
    public static SourceDocument Parse(string text, string path) => text.AsSpan().TrimStart() switch
    {
        ['<', ..] => new SourceDocument(path, null, XmlSource.Parse(text.TrimStart(), path)),
        ['{' or '[', ..] => new SourceDocument(path, JsonSource.Parse(text, path), null),
        _ => new SourceDocument(path, YamlSource.Parse(text, path), null),
    };
}
