using System.Collections.Concurrent;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile;

/// <summary>What an attack tried and what it got.</summary>
internal sealed class AttackLog
{
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();

    /// <summary>What went otherwise than it must; empty where the market held.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>How often each answer came.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    /// <summary>The name of an answer: of a refusal its own, else its message's.</summary>
    public static string NameOf(object? answer) => answer switch
    {
        null => "nothing",
        Refused refused => refused.Name,
        ConnectionEnded { Reason: "" } => "closed",
        ConnectionEnded ended => $"closed: {ended.Reason}",
        _ => answer.GetType().Name,
    };

    /// <summary>Notes an answer, which must be one of those named.</summary>
    /// <returns>Whether it was.</returns>
    public bool Expect(string what, object? answer, params ReadOnlySpan<string> names)
    {
        var got = NameOf(answer);
        Note(got);
        if (names.Contains(got))
        {
            return true;
        }

        Fail($"{what}: {got} instead of {string.Join(" or ", names.ToArray())}"
            + (answer is Refused refused ? $" ({refused.Explanation})" : ""));
        return false;
    }

    /// <summary>Notes an answer that is right.</summary>
    public void Note(string answer) => _answers.AddOrUpdate(answer, 1, static (_, count) => count + 1);

    /// <summary>Notes what must hold.</summary>
    public void Require(string what, bool holds)
    {
        if (!holds)
        {
            Fail(what);
        }
    }

    private void Fail(string text)
    {
        if (_failures.Count < 20)
        {
            _failures.Enqueue(text);
        }
    }
}
