using System.Diagnostics;

namespace Market.Simulations.Tests.Guide;

/// <summary>A test that runs Python with pandas; skipped, with the reason, where neither python3 has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithPandasAttribute : FactAttribute
{
    private static readonly Lazy<string?> Found = new(Find);

    public FactWithPandasAttribute()
    {
        if (Found.Value is null)
        {
            Skip = "No python3 here has pandas: install Debian's python3-pandas, or pip install pandas.";
        }
    }

    /// <summary>The Python that has it.</summary>
    public static string Python => Found.Value!;

    // The first one on the path may be another than the system's, for which Debian's package is.
    private static string? Find() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasPandas);

    private static bool HasPandas(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import pandas"])
            {
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
