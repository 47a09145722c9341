using System.Diagnostics;
using System.Globalization;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Microsoft.Data.Sqlite;

namespace Market.Grains.Tests.Journaling;

/// <summary>This test program as another process: it does one thing, says so, and waits for its end.</summary>
internal sealed class OtherProcess : IDisposable
{
    private const int RowsOneByOne = 10;
    private const int RowsAtOnce = 20;

    private readonly Process _process;

    private OtherProcess(params string[] task)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath);
        if (host == "dotnet")
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(typeof(OtherProcess).Assembly.Location);
        }
        else
        {
            start.FileName = Path.ChangeExtension(typeof(OtherProcess).Assembly.Location, null);
        }

        foreach (var word in task)
        {
            start.ArgumentList.Add(word);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Holds SQLite's write lock of a file until <see cref="FinishAsync"/>.</summary>
    public static OtherProcess HoldFile(string path) => new("hold-file", path);

    /// <summary>Keeps a store open until <see cref="FinishAsync"/>.</summary>
    public static OtherProcess KeepStore(string folder) => new("keep-store", folder);

    /// <summary>
    /// Appends ten rows to a store, one at a time, and says each one's position once it is acknowledged; then says
    /// "queued" while more are being written.
    /// </summary>
    public static OtherProcess AppendRows(string folder) => new("append-rows", folder);

    /// <summary>
    /// Appends rows to one stream of a database, one at a time, and says each one's version once it is acknowledged;
    /// then its outcome when one is not.
    /// </summary>
    public static OtherProcess AppendToPostgres(string connection, Guid key) =>
        new("append-postgres", connection, key.ToString());

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>The next line that it says.</summary>
    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30))
        ?? throw new InvalidOperationException("The other process ended without a word.");

    /// <summary>Lets it end by itself.</summary>
    public async Task FinishAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>SIGKILL: it gets no word in.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>The other process's own main program.</summary>
    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        ["hold-file", var path] => HoldAsync(path),
        ["keep-store", var folder] => KeepAsync(folder),
        ["append-rows", var folder] => AppendAsync(folder),
        ["append-postgres", var connection, var key] => AppendToPostgresAsync(connection, Guid.Parse(key)),
        _ => Task.FromResult(1),
    };

    private static async Task<int> AppendToPostgresAsync(string connection, Guid key)
    {
        await using var journal = await PostgresJournal.OpenAsync(
            new PostgresJournalOptions { Address = StoreAddress.Parse(connection) });
        var stream = await TestStream.OpenAsync(journal, new GrainId(GrainKind.Negotiation, key));
        while (true)
        {
            var append = stream.Append();
            var outcome = await append.Outcome;
            Console.WriteLine(outcome == AppendOutcome.Appended
                ? append.Row.Version.ToString(CultureInfo.InvariantCulture)
                : outcome.ToString());
            if (outcome != AppendOutcome.Appended)
            {
                return 0;
            }
        }
    }

    private static async Task<int> HoldAsync(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        Console.WriteLine("held");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task<int> KeepAsync(string folder)
    {
        await using var journal = await SqliteJournal.OpenAsync(new SqliteJournalOptions { DataFolder = folder });
        Console.WriteLine("open");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task<int> AppendAsync(string folder)
    {
        await using var journal = await SqliteJournal.OpenAsync(new SqliteJournalOptions { DataFolder = folder });
        var stream = await TestStream.OpenAsync(journal);
        for (var i = 0; i < RowsOneByOne; i++)
        {
            var append = stream.Append();
            await append.Outcome;
            Console.WriteLine(append.Row.Position.ToString(CultureInfo.InvariantCulture));
        }

        for (var i = 0; i < RowsAtOnce; i++)
        {
            stream.Append();
        }

        Console.WriteLine("queued");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
