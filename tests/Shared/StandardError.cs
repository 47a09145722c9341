namespace Market.TestSupport;

/// <summary>What a server said on its standard error.</summary>
internal static class StandardError
{
    private const string SlowHeartbeat = "Microsoft.AspNetCore.Server.Kestrel[22]";

    /// <summary>
    /// It without the web server's remark that it got no processor for a second: that is about the machine.
    /// </summary>
    public static string OfServer(string text) => string.Concat(
        text.Split('\n').Where(static line => !line.Contains(SlowHeartbeat, StringComparison.Ordinal))
            .Select(static line => line + '\n')).TrimEnd('\n');
}
