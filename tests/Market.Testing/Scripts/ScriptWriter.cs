namespace Market.Testing;

/// <summary>
/// Random steps: commands, and sometimes time that passes. A book is told each of them, for the next to aim at.
/// </summary>
internal sealed class ScriptWriter
{
    private readonly Random _random;
    private readonly LedgerBook _book = new();
    private readonly CommandWriter _commands;

    public ScriptWriter(Random random) => (_random, _commands) = (random, new CommandWriter(random, _book));

    public LedgerStep NextStep()
    {
        if (_random.Next(10) > 0)
        {
            var command = _commands.Next();
            _ = _book.Tell(command);
            return command;
        }

        var wait = TimeSpan.FromMinutes(1 + _random.Next(_random.Next(8) == 0 ? 2_000 : 40));
        _commands.Clock += wait;
        _book.Wait(wait);
        return wait;
    }
}
