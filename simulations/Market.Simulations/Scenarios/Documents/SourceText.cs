using System.Text;

namespace Market.Simulations.Scenarios.Documents;

/// <summary>Reads files as text, with a bound on their size.</summary>
internal static class SourceText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of a file in UTF-8, with or without a byte order mark.</summary>
    /// <exception cref="ScenarioFileException">It cannot be read, is too large, or is no text.</exception>
    public static string Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > ScenarioLimits.FileBytesMax)
            {
                throw Wrong($"the file has {stream.Length} bytes; at most {ScenarioLimits.FileBytesMax} are read.");
            }

            using var reader = new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException error)
        {
            throw Wrong("the file is no text in UTF-8.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"the file cannot be read: {error.Message}", error);
        }

        ScenarioFileException Wrong(string problem, Exception? inner = null) => new(new Place(path), problem, inner);
    }
}
