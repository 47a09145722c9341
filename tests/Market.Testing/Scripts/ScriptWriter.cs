namespace Market.Testing;

/// <summary>Random steps: commands, and sometimes time that passes.</summary>
internal sealed class ScriptWriter(Random random)
{
    private readonly CommandWriter _commands = new(random);

    public LedgerStep NextStep()
    {
        if (random.Next(10) > 0)
        {
            return _commands.Next();
        }

        var wait = TimeSpan.FromMinutes(1 + random.Next(random.Next(8) == 0 ? 2_000 : 40));
        _commands.Clock += wait;
        return wait;
    }
}
