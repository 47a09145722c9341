using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>One step of a script: a command is told, or time passes. Both convert to a step by themselves.</summary>
/// <param name="Command">What is told; null where time passes.</param>
/// <param name="Wait">How much time passes; zero where a command is told.</param>
public sealed record LedgerStep(LedgerCommand? Command, TimeSpan Wait)
{
    /// <summary>A step that tells a command.</summary>
    public static implicit operator LedgerStep(LedgerCommand command) => FromLedgerCommand(command);

    /// <summary>A step in which time passes.</summary>
    public static implicit operator LedgerStep(TimeSpan wait) => FromTimeSpan(wait);

    /// <summary>A step that tells a command.</summary>
    public static LedgerStep FromLedgerCommand(LedgerCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new LedgerStep(command, TimeSpan.Zero);
    }

    /// <summary>A step in which time passes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Time does not run backwards.</exception>
    public static LedgerStep FromTimeSpan(TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        return new LedgerStep(null, wait);
    }

    /// <summary>The step as C#.</summary>
    public override string ToString() => CSharpText.Of(Command is null ? Wait : Command);
}
