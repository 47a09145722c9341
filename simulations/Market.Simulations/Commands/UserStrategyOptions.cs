using System.CommandLine;
using Market.Simulations.Running;

namespace Market.Simulations.Commands;

/// <summary>The options that say what users' own strategies may take.</summary>
internal sealed class UserStrategyOptions
{
    private const int MemoryMin = 64;
    private const int MemoryMax = 65_536;

    private readonly Option<double> _timeLimit = new("--time-limit")
    {
        Description = "Seconds that a strategy of your own may take for one act; then it is stopped.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _memoryLimit = new("--memory-limit")
    {
        Description = "Megabytes of heap that the process of a strategy of your own may use; then it is stopped.",
        DefaultValueFactory = _ => TournamentSettings.MemoryLimitUsual,
    };

    private readonly Option<bool> _inProcess = new("--in-process")
    {
        Description = "Strategies of your own play in this process: faster, and one that hangs cannot be stopped.",
    };

    /// <summary>Makes them, with what they refuse.</summary>
    public UserStrategyOptions()
    {
        _timeLimit.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<double>() is not (>= 0.001 and <= 3600))
            {
                result.AddError("--time-limit is from 0.001 to 3600 seconds.");
            }
        });
        _memoryLimit.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < MemoryMin or > MemoryMax)
            {
                result.AddError($"--memory-limit is a whole number from {MemoryMin} to {MemoryMax} megabytes.");
            }
        });
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_timeLimit);
        command.Options.Add(_memoryLimit);
        command.Options.Add(_inProcess);
    }

    /// <summary>Settings with what the command line says.</summary>
    public TournamentSettings Of(ParseResult result, TournamentSettings settings) => settings with
    {
        TimeLimitSeconds = result.GetValue(_timeLimit),
        MemoryLimitMegabytes = result.GetValue(_memoryLimit),
        InProcess = result.GetValue(_inProcess),
    };
}
