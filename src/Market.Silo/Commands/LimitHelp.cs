namespace Market.Silo.Commands;

/// <summary>`market serve --limit help`: the limits that may be set.</summary>
internal static class LimitHelp
{
    private const string Asked = "help";

    /// <summary>Whether the list is asked for.</summary>
    public static bool IsAsked(IEnumerable<string> limits) => limits.Contains(Asked);

    /// <summary>Writes a line for each limit: its name, default, what it bounds and what it may be.</summary>
    public static void Write(TextWriter output)
    {
        var defaults = new OperatorLimits();
        foreach (var limit in OperatorLimits.All)
        {
            output.WriteLine($"  {limit.Name + "=" + limit.Of(defaults),-36} {limit.Meaning} ({limit.Range})");
        }

        output.Flush();
    }
}
