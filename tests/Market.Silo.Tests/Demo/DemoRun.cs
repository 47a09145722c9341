using System.CommandLine;
using System.Text.Json;
using Market.Silo.Commands.Demo;

namespace Market.Silo.Tests.Demo;

/// <summary>One run of `market demo`, in this process and over real connections.</summary>
internal sealed record DemoRun(int Code, string Output, string Error)
{
    public static async Task<DemoRun> OfAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = new RootCommand { DemoCommand.Create() }.Parse(["demo", .. arguments]);
        var streams = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var code = await parsed.InvokeAsync(streams);
        return new DemoRun(code, output.ToString(), error.ToString());
    }

    /// <summary>What is wrong with a command line; empty where nothing is.</summary>
    public static IEnumerable<string> UsageErrorsOf(params string[] arguments) =>
        new RootCommand { DemoCommand.Create() }.Parse(["demo", .. arguments]).Errors.Select(error => error.Message);

    public JsonElement Json()
    {
        Assert.Equal((0, string.Empty), (Code, Error));
        using var json = JsonDocument.Parse(Output);
        return json.RootElement.Clone();
    }
}
