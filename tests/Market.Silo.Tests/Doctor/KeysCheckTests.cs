using System.Security.Cryptography;
using Market.Silo.Commands.Doctor;
using Market.Silo.Keys;

namespace Market.Silo.Tests.Doctor;

public sealed class KeysCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-doctor-").FullName;

    private static readonly StoreLook Store = new([], IsThere: true);

    private string Keys => Path.Combine(_folder, "keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Whole_keys_of_their_owner_are_well()
    {
        MarketKeys.OpenOrCreate(_folder).Dispose();
        Assert.All(
            KeysCheck.Run(_folder, Store), static finding => Assert.Equal(FindingLevel.Ok, finding.Level));
    }

    [Fact]
    public void No_keys_are_well_as_long_as_there_is_no_store()
    {
        Assert.Equal(FindingLevel.Ok, Assert.Single(KeysCheck.Run(_folder, Store with { IsThere = false })).Level);
        Assert.Contains("missing", ProblemOf(Store).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_without_a_store_are_a_warning()
    {
        MarketKeys.OpenOrCreate(_folder).Dispose();
        var findings = KeysCheck.Run(_folder, Store with { IsThere = false });
        Assert.Contains(findings, static finding => finding.Level == FindingLevel.Warning);
    }

    [Theory]
    [InlineData("market-signing.pem")]
    [InlineData("cursor.key")]
    public void A_key_that_is_missing_or_damaged_is_a_problem(string name)
    {
        MarketKeys.OpenOrCreate(_folder).Dispose();
        var path = Path.Combine(Keys, name);
        File.WriteAllText(path, "torn");
        Assert.Contains("damaged", ProblemOf(Store).Text, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("missing", ProblemOf(Store).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_for_private_data_is_needed_where_there_are_any()
    {
        MarketKeys.OpenOrCreate(_folder).Dispose();
        File.Delete(Path.Combine(Keys, "private-data.key"));
        Assert.DoesNotContain(
            KeysCheck.Run(_folder, Store), static finding => finding.Level == FindingLevel.Problem);
        File.WriteAllText(Path.Combine(_folder, "private.db"), "");
        Assert.Contains("private-data.key", ProblemOf(Store).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_others_may_read_are_a_problem_with_the_command_that_mends_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        MarketKeys.OpenOrCreate(_folder).Dispose();
        var path = Path.Combine(Keys, "cursor.key");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Equal($"chmod 600 '{path}'", ProblemOf(Store).Advice);
    }

    [Fact]
    public void A_folder_that_others_may_enter_is_a_warning()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        MarketKeys.OpenOrCreate(_folder).Dispose();
        File.SetUnixFileMode(
            Keys,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        var warning = Assert.Single(
            KeysCheck.Run(_folder, Store), static finding => finding.Level == FindingLevel.Warning);
        Assert.Equal($"chmod 700 '{Keys}'", warning.Advice);
    }

    [Fact]
    public void A_key_that_receipts_name_and_that_is_not_there_is_a_problem_until_its_public_half_is()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        using var old = MarketKeys.InMemory();
        var store = Store with { ReceiptKeys = [keys.KeyId, old.KeyId] };
        Assert.Contains(old.KeyId, ProblemOf(store).Text, StringComparison.Ordinal);

        var path = Path.Combine(Keys, "old.pem");
        File.WriteAllText(path, PemEncoding.WriteString("PUBLIC KEY", old.PublicKey.Span));
        Assert.All(
            KeysCheck.Run(_folder, store), static finding => Assert.Equal(FindingLevel.Ok, finding.Level));
    }

    private DoctorFinding ProblemOf(StoreLook store)
    {
        var problem = Assert.Single(
            KeysCheck.Run(_folder, store), static finding => finding.Level == FindingLevel.Problem);
        Assert.NotEmpty(problem.Advice!);
        return problem;
    }
}
