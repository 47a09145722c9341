using System.Text;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>
/// Takes what the process of users' strategies writes to the console: it is drained, so that nobody waits, passed on
/// where somebody wants it, and its last words are kept, which say why a process ended. Bounded, whatever is written.
/// </summary>
/// <param name="to">Takes what strategies write; null for nobody.</param>
internal sealed class HostOutput(TextWriter? to)
{
    /// <summary>How the runtime begins when a stack has overflowed; what follows can take it long.</summary>
    public const string StackOverflow = "Stack overflow";

    /// <summary>Most characters that are passed on of one process.</summary>
    public const int PassedMax = 100_000;

    private const int LineLengthMax = 300;

    private static readonly string[] LastWordsBegin =
        [StackOverflow, "Unhandled exception. ", "Out of memory", "Fatal error", "Process terminated"];

    private readonly Lock _lock = new();
    private readonly List<Task> _draining = [];
    private string? _lastWords;
    private int _passed;

    /// <summary>What the runtime said when it ended the process: one line; null where it has not.</summary>
    public string? LastWords
    {
        get
        {
            lock (_lock)
            {
                return _lastWords;
            }
        }
    }

    /// <summary>Begins to take what a stream brings.</summary>
    public void Drain(Stream stream) => _draining.Add(DrainAsync(stream));

    /// <summary>Waits for all that a process which has ended has written, or until it has taken long enough.</summary>
    public void Wait(TimeSpan patience) => Task.WaitAll([.. _draining], patience);

    private async Task DrainAsync(Stream stream)
    {
        var bytes = new byte[4096];
        var line = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        while (await ReadAsync(stream, bytes).ConfigureAwait(false) is > 0 and var read)
        {
            var count = decoder.GetChars(bytes.AsSpan(0, read), characters, flush: false);
            foreach (var character in characters.AsSpan(0, count))
            {
                if (character == '\n')
                {
                    Take(line.ToString());
                    line.Clear();
                }
                else if (line.Length < LineLengthMax)
                {
                    line.Append(character);
                }
            }
        }

        if (line.Length > 0)
        {
            Take(line.ToString());
        }
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] bytes)
    {
        try
        {
            return await stream.ReadAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0; // the process was let go of
        }
    }

    private void Take(string line)
    {
        line = line.TrimEnd('\r');
        lock (_lock)
        {
            // Behind the runtime's last words comes its own trace, which nobody wrote.
            if (_lastWords is not null)
            {
                return;
            }

            if (LastWordsBegin.Any(words => line.StartsWith(words, StringComparison.Ordinal)))
            {
                _lastWords = line;
                return;
            }

            _passed += line.Length + 1;
            if (_passed <= PassedMax)
            {
                to?.WriteLine(line);
            }
        }
    }
}
