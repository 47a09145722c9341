using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Commands;

/// <summary>
/// What a command says where it cannot do what was asked: one line on standard error, and its exit code.
/// </summary>
internal static class CommandFailures
{
    /// <summary>Exit code of a run that began, and failed or was stopped.</summary>
    public const int RunFailed = 1;

    /// <summary>Exit code of input that is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>Carries a command out.</summary>
    /// <param name="command">The command; gives the exit code.</param>
    /// <returns>
    /// Its exit code; 2 where the input is wrong, 1 where reading or writing failed or it was stopped.
    /// </returns>
    public static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception e) when (e is RunRefusedException or ScenarioFileException or ExportRefusedException
            or ResultFolderException)
        {
            return Say(e.Message, WrongInput);
        }
        catch (OperationCanceledException)
        {
            return Say("Stopped.", RunFailed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Say(e.Message, RunFailed);
        }
    }

    private static int Say(string message, int exitCode)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return exitCode;
    }
}
