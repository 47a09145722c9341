using System.Text.Json;
using System.Text.Json.Serialization;
using Market.Simulations.Running;

namespace Market.Simulations.Results;

/// <summary>Reads and writes run.json.</summary>
internal static class RunInfoFile
{
    /// <summary>The file's name in its folder.</summary>
    public const string Name = "run.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<PairingMode>(JsonNamingPolicy.KebabCaseLower) },
        TypeInfoResolver = RunInfoJson.Default,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never inside HTML
    };

    /// <summary>The file's text.</summary>
    public static string TextOf(RunInfo info) => JsonSerializer.Serialize(info, Options) + "\n";

    /// <summary>
    /// Replaces the file of a folder by another in one step: whoever reads it sees the old or the new.
    /// </summary>
    public static void Write(string folder, RunInfo info)
    {
        var path = Path.Combine(folder, Name);
        File.WriteAllText(path + ".new", TextOf(info));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="ResultFolderException">There is none, or it is not of this form.</exception>
    public static RunInfo Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new ResultFolderException($"{folder} is no results folder: it has no {Name}.");
        }

        try
        {
            var info = JsonSerializer.Deserialize<RunInfo>(File.ReadAllText(path), Options);
            return info is { Format: RunInfo.CurrentFormat, Settings: not null }
                ? info
                : throw new ResultFolderException(
                    $"{path} is of format {info?.Format}; this program reads format {RunInfo.CurrentFormat}: "
                    + "run it again with the seed and settings in it.");
        }
        catch (JsonException e)
        {
            throw new ResultFolderException($"{path} is no run description: {e.Message}", e);
        }
    }
}
