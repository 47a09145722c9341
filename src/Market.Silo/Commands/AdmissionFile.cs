using Market.Domain;
using Market.Domain.Admitting;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Market.Silo.Commands;

/// <summary>
/// The file that says whom a market admits, in YAML, of which JSON is a part. Whatever is wrong in it is said in one
/// line: a policy that is half understood would let somebody in.
/// </summary>
internal static class AdmissionFile
{
    private static readonly string[] Demands = ["declaredAi", "operator", "model", "version", "principalKey"];
    private static readonly string[] Keys = ["demand", "operators", "models", "principals"];

    /// <summary>The policy of a file.</summary>
    /// <exception cref="MarketStartException">It cannot be read, or is no policy; the message says what is
    /// wrong.</exception>
    public static AdmissionPolicy Read(string path)
    {
        try
        {
            var stream = new YamlStream();
            using (var reader = File.OpenText(path))
            {
                stream.Load(reader);
            }

            var policy = PolicyOf(stream, path);
            return AdmissionRules.IsValid(policy) ? policy : throw Wrong(
                path,
                $"an entry is no name or handle, or there are more than {AdmissionPolicy.EntriesMax}");
        }
        catch (YamlException error)
        {
            throw Wrong(path, $"line {error.Start.Line} is no YAML");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, "it cannot be read");
        }
    }

    private static AdmissionPolicy PolicyOf(YamlStream stream, string path)
    {
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            throw Wrong(path, $"it needs one mapping with some of the keys {string.Join(", ", Keys)}");
        }

        RequireKnown(root, Keys, path);
        var demands = ListOf(root, "demand", path);
        if (demands.Except(Demands).FirstOrDefault() is { } unknown)
        {
            throw Wrong(path, $"'{unknown}' cannot be demanded; {string.Join(", ", Demands)} can");
        }

        var (operators, models, principals) =
            (Lists(root, "operators", path), Lists(root, "models", path), Lists(root, "principals", path));
        return new AdmissionPolicy(
            demands.Contains(Demands[0]),
            demands.Contains(Demands[1]),
            demands.Contains(Demands[2]),
            demands.Contains(Demands[3]),
            demands.Contains(Demands[4]),
            operators.Allow,
            operators.Refuse,
            models.Allow,
            models.Refuse,
            principals.Allow,
            principals.Refuse);
    }

    private static (ValueArray<string> Allow, ValueArray<string> Refuse) Lists(
        YamlMappingNode root, string key, string path)
    {
        if (!root.Children.TryGetValue(key, out var node))
        {
            return default;
        }

        if (node is not YamlMappingNode lists)
        {
            throw Wrong(path, $"'{key}' needs a list under 'allow' or 'refuse'");
        }

        RequireKnown(lists, ["allow", "refuse"], path);
        return (ListOf(lists, "allow", path).ToValueArray(), ListOf(lists, "refuse", path).ToValueArray());
    }

    private static List<string> ListOf(YamlMappingNode parent, string key, string path)
    {
        if (!parent.Children.TryGetValue(key, out var node))
        {
            return [];
        }

        if (node is not YamlSequenceNode list || list.Any(static entry => entry is not YamlScalarNode))
        {
            throw Wrong(path, $"'{key}' needs a list of words");
        }

        return [.. list.Select(static entry => ((YamlScalarNode)entry).Value ?? string.Empty)];
    }

    private static void RequireKnown(YamlMappingNode node, string[] known, string path)
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !known.Contains(name))
            {
                throw Wrong(path, $"'{key}' is no key here; {string.Join(", ", known)} are");
            }
        }
    }

    private static MarketStartException Wrong(string path, string what) =>
        new($"The admission policy {path} is not used: {what}.");
}
