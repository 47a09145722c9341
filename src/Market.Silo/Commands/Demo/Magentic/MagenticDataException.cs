using System.Globalization;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>The data set cannot be used; the message names the file, the line and what would be right.</summary>
public sealed class MagenticDataException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="line">The line in it, from 1; null where no line is to blame.</param>
    /// <param name="problem">What is wrong and what would be right.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public MagenticDataException(string path, long? line, string problem, Exception? inner = null)
        : base(MessageFor(path, line, problem), inner)
    {
        Path = path;
        Line = line;
        Problem = problem;
    }

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>The line in the file, from 1; null where no line is to blame.</summary>
    public long? Line { get; }

    /// <summary>What is wrong and what would be right, without the place.</summary>
    public string Problem { get; }

    private static string MessageFor(string path, long? line, string problem) =>
        line is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"{path}, line {number}: {problem}")
            : $"{path}: {problem}";
}
