using Market.Silo.Commands.Doctor;
using Market.Silo.Tests.Audit;

namespace Market.Silo.Tests.Doctor;

public sealed class StoreCheckTests : IDisposable
{
    private const long Plenty = 1L << 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("market-doctor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_sound_store_names_its_market_its_last_event_and_its_receipts_key()
    {
        using var store = await TestStore.CreateAsync();
        var look = StoreCheck.Run(store.Folder, static _ => Plenty);
        Assert.All(look.Findings, static finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        Assert.StartsWith("mkt_", look.Market, StringComparison.Ordinal);
        Assert.NotNull(look.LastEventAt);
        Assert.Single(look.ReceiptKeys!);
        Assert.Contains(look.Findings, static finding => finding.Text == "Nobody has it open.");
    }

    [Fact]
    public async Task A_page_that_was_overwritten_is_damage()
    {
        using var store = await TestStore.CreateAsync();
        var bytes = await File.ReadAllBytesAsync(store.Path);
        Array.Fill(bytes, (byte)0xEE, 4_096, bytes.Length - 4_096);
        await File.WriteAllBytesAsync(store.Path, bytes);
        Assert.Contains("damaged", ProblemOf(store.Folder).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_instead_of_a_folder_is_a_problem()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Contains("is a file", ProblemOf(file).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_without_its_store_is_a_problem()
    {
        File.WriteAllText(Path.Combine(_folder, "market.sqlite-wal"), "x");
        Assert.Contains("write-ahead log", ProblemOf(_folder).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((100L * 1024 * 1024) - 1, nameof(FindingLevel.Problem))]
    [InlineData(100L * 1024 * 1024, nameof(FindingLevel.Warning))]
    [InlineData(1024L * 1024 * 1024, nameof(FindingLevel.Ok))]
    public void Little_room_is_a_warning_and_hardly_any_a_problem(long free, string expected)
    {
        var room = Assert.Single(
            StoreCheck.Run(_folder, _ => free).Findings,
            static finding => finding.Text.EndsWith("are free.", StringComparison.Ordinal));
        Assert.Equal(expected, room.Level.ToString());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_problem()
    {
        // Nobody, the system's administrator neither, makes files there.
        Assert.Contains("Nothing can be written", ProblemOf("/proc/self/task").Text, StringComparison.Ordinal);
    }

    private static DoctorFinding ProblemOf(string folder)
    {
        var problem = Assert.Single(
            StoreCheck.Run(folder, static _ => Plenty).Findings,
            static finding => finding.Level == FindingLevel.Problem);
        Assert.NotEmpty(problem.Advice!);
        return problem;
    }
}
