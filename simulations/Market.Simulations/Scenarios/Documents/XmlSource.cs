using System.Xml;
using System.Xml.Linq;

namespace Market.Simulations.Scenarios.Documents;

/// <summary>
/// Reads XML with the line of every element. No document type, no entity and nothing from elsewhere is read, so that
/// no file can make another one, or its own size, appear.
/// </summary>
internal static class XmlSource
{
    /// <summary>The root element of a text.</summary>
    /// <exception cref="ScenarioFileException">It is no XML, or holds what is not read.</exception>
    public static XElement Parse(string text, string path)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = ScenarioLimits.FileBytesMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            CheckDepth(text, settings, path);
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException error)
        {
            var problem = text.Contains("<!DOCTYPE", StringComparison.Ordinal)
                ? "a document type ('<!DOCTYPE') is not read; remove it."
                : $"this is not valid XML: {error.Message}";
            throw new ScenarioFileException(new Place(path, error.LineNumber), problem, error);
        }
    }

    /// <summary>Where an element stands.</summary>
    public static Place PlaceOf(XElement element, string path) =>
        new(path, ((IXmlLineInfo)element).HasLineInfo() ? ((IXmlLineInfo)element).LineNumber : null);

    private static void CheckDepth(string text, XmlReaderSettings settings, string path)
    {
        using var reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
            if (reader.Depth > ScenarioLimits.DepthMax)
            {
                throw new ScenarioFileException(
                    new Place(path, ((IXmlLineInfo)reader).LineNumber),
                    $"the elements are nested more than {ScenarioLimits.DepthMax} deep.");
            }
        }
    }
}
