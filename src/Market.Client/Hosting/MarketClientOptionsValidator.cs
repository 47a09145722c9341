using Market.Client.Connecting;
using Microsoft.Extensions.Options;

namespace Market.Client.Hosting;

/// <summary>Says of a host's options everything that is wrong, before anything is connected.</summary>
internal sealed class MarketClientOptionsValidator : IValidateOptions<MarketClientOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MarketClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        Check(problems, () => options.Checked());
        if (options.Address is { } address)
        {
            Check(problems, () => WebSocketDialer.GatewayOf(address));
        }
        else
        {
            problems.Add($"Set {nameof(MarketClientOptions.Address)}: where the market is, http://127.0.0.1:7420 for "
                + "example.");
        }

        if (string.IsNullOrWhiteSpace(options.KeyFile))
        {
            problems.Add($"Set {nameof(MarketClientOptions.KeyFile)}: where the agent's key is, or shall be.");
        }

        var who = string.IsNullOrEmpty(name) ? "AddMarketClient" : $"AddMarketClient \"{name}\"";
        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => $"{who}: {problem}"));
    }

    private static void Check(List<string> problems, Func<object> check)
    {
        try
        {
            check();
        }
        catch (ArgumentException error)
        {
            problems.Add(error.Message);
        }
    }
}
