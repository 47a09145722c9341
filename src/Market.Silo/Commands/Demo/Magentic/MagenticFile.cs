using System.Globalization;
using Market.Domain;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>One YAML file of the data set, read field by field; whatever is wrong is said with its line.</summary>
internal sealed class MagenticFile
{
    private readonly string _path;
    private readonly YamlMappingNode _root;

    private MagenticFile(string path, YamlMappingNode root)
    {
        _path = path;
        _root = root;
    }

    /// <summary>Opens a file that holds one mapping.</summary>
    /// <exception cref="MagenticDataException">It cannot be read, is no YAML, or holds something else.</exception>
    public static MagenticFile Open(string path)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = File.OpenText(path);
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw new MagenticDataException(path, e.Start.Line, $"this is not valid YAML: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MagenticDataException(path, null, $"the file cannot be read: {e.Message}", e);
        }

        return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
            ? new MagenticFile(path, root)
            : throw new MagenticDataException(path, 1, "the file must hold fields ('id: business_0001').");
    }

    /// <summary>A field's text, which must not be empty.</summary>
    public string Text(string field) => TextOf(Field(field), $"'{field}'");

    /// <summary>A field's number, which must lie between two limits.</summary>
    public decimal Number(string field, decimal minimum, decimal maximum)
    {
        var node = Field(field);
        var number = NumberOf(node, $"'{field}'");
        return number >= minimum && number <= maximum
            ? number
            : throw Wrong(node, Invariant($"'{field}' is {number}; it must be from {minimum} to {maximum}."));
    }

    /// <summary>
    /// The items of a field with their prices in cents, at least one and none cheaper than a minimum.
    /// </summary>
    public ValueArray<MagenticLine> Prices(string field, long minimumCents)
    {
        var lines = Mapping(field).Select(entry => new MagenticLine(
            TextOf(entry.Key, $"an item of '{field}'"), CentsOf(entry.Key, entry.Value, minimumCents))).ToValueArray();
        return lines.Count > 0
            ? lines
            : throw Wrong(Field(field), $"'{field}' is empty; it must name at least one item.");
    }

    /// <summary>The names of a field whose value is true, or those whose value is false.</summary>
    public ValueArray<string> Names(string field, bool value) => Mapping(field)
        .Where(entry => IsTrue(entry.Key, entry.Value) == value)
        .Select(entry => TextOf(entry.Key, $"a name in '{field}'"))
        .ToValueArray();

    /// <summary>The names listed in a field.</summary>
    public ValueArray<string> Names(string field) => Field(field) is YamlSequenceNode sequence
        ? sequence.Select(node => TextOf(node, $"an entry of '{field}'")).ToValueArray()
        : throw Wrong(Field(field), $"'{field}' must be a list ('- Happy Hour').");

    /// <summary>An error about a field.</summary>
    public MagenticDataException WrongField(string field, string problem) => Wrong(Field(field), problem);

    private YamlNode Field(string field) => _root.Children.TryGetValue(new YamlScalarNode(field), out var node)
        ? node
        : throw Wrong(_root, $"the field '{field}' is missing.");

    private YamlMappingNode Mapping(string field) => Field(field) is YamlMappingNode mapping
        ? mapping
        : throw Wrong(Field(field), $"'{field}' must hold names with values ('name: value').");

    private long CentsOf(YamlNode item, YamlNode node, long minimumCents)
    {
        var price = NumberOf(node, $"the price of '{item}'");
        if (price < 0)
        {
            throw Wrong(node, Invariant($"the price of '{item}' is {price}; it must not be negative."));
        }

        // Compared before multiplying, so that no price can overflow.
        if (price > MarketLimits.AmountMax / 100m || price * 100 != decimal.Truncate(price * 100))
        {
            throw Wrong(node, Invariant($"the price of '{item}' is {price}; it must have at most two decimals."));
        }

        var cents = decimal.ToInt64(price * 100);
        return cents >= minimumCents
            ? cents
            : throw Wrong(node, Invariant($"the price of '{item}' is {price}; the least is {minimumCents} cent."));
    }

    private bool IsTrue(YamlNode name, YamlNode node) => TextOf(node, $"'{name}'") switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        var other => throw Wrong(node, $"'{name}' is '{other}'; it must be true or false."),
    };

    private decimal NumberOf(YamlNode node, string subject)
    {
        var text = TextOf(node, subject);
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        return decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(node, $"{subject} is '{text}'; it must be a number such as 12.5.");
    }

    private string TextOf(YamlNode node, string subject) => node is YamlScalarNode { Value: { Length: > 0 } text }
        ? text
        : throw Wrong(node, $"{subject} must be a text that is not empty.");

    private MagenticDataException Wrong(YamlNode node, string problem) => new(_path, node.Start.Line, problem);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
