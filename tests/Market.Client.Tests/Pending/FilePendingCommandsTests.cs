using Market.Client.Pending;
using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Pending;

public sealed class FilePendingCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-pending-").FullName;

    private string FilePath => Path.Combine(_folder, "sub", "agent.pending");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_added_and_not_struck_out_is_there_again_in_its_order_with_its_bytes()
    {
        var commands = Enumerable.Range(1, 5).Select(CommandOf).ToArray();
        var store = await OpenAsync();
        foreach (var command in commands)
        {
            await store.AddAsync(command, default);
        }

        await store.StrikeAsync(commands[0].Id, default);
        await store.StrikeAsync(commands[3].Id, default);
        await store.CloseAsync(default);

        var left = await ReadAsync();
        Assert.Equal([commands[1].Id, commands[2].Id, commands[4].Id], left.Select(c => c.Id));
        Assert.Equal(commands[2].Message.ToArray(), left[1].Message.ToArray());
        Assert.Equal((commands[2].Market, commands[2].Agent), (left[1].Market, left[1].Agent));
        Assert.Equal(3, Assert.IsType<PublishRequest>(left[1].Read()).Draft.Quantity);
    }

    [Fact]
    public async Task An_act_is_in_the_file_when_adding_returns()
    {
        var store = await OpenAsync();
        await store.AddAsync(CommandOf(1), default);

        // As a killed process leaves it: nothing was closed. The lock is the living process's, not the copy's.
        var copy = Path.Combine(_folder, "copy");
        File.Copy(FilePath, copy);
        Assert.Single(await new FilePendingCommands(copy).OpenAsync(default));
        await store.CloseAsync(default);
    }

    [Fact]
    public async Task A_line_torn_at_any_byte_is_cut_off_and_the_ones_before_it_stay()
    {
        var store = await OpenAsync();
        await store.AddAsync(CommandOf(1), default);
        var whole = new FileInfo(FilePath).Length;
        await store.AddAsync(CommandOf(2), default);
        await store.CloseAsync(default);
        var bytes = File.ReadAllBytes(FilePath);

        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(FilePath, bytes[..length]);
            Assert.Equal(length >= whole ? 1 : 0, (await ReadAsync()).Count);
        }
    }

    [Fact]
    public async Task Damage_before_whole_lines_is_refused_and_changes_nothing()
    {
        var store = await OpenAsync();
        await store.AddAsync(CommandOf(1), default);
        await store.AddAsync(CommandOf(2), default);
        await store.CloseAsync(default);
        var bytes = File.ReadAllBytes(FilePath);
        bytes[40] ^= 1;
        File.WriteAllBytes(FilePath, bytes);
        var error = await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public async Task Another_file_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, "a letter to grandmother");
        await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);
        Assert.Equal("a letter to grandmother", File.ReadAllText(FilePath));
    }

    [Fact]
    public async Task Two_clients_cannot_share_a_file()
    {
        var store = await OpenAsync();
        var error = await Assert.ThrowsAsync<IOException>(ReadAsync);
        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => store.OpenAsync(default).AsTask());
        await store.CloseAsync(default);
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Only_its_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllBytes(FilePath, []);
        File.SetUnixFileMode(FilePath, (UnixFileMode)0b110_100_100);
        var store = await OpenAsync();
        await store.AddAsync(CommandOf(1), default);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        await store.CloseAsync(default);
    }

    [Fact]
    public async Task The_file_stays_small_however_many_acts_it_has_seen()
    {
        var store = await OpenAsync();
        var kept = CommandOf(0);
        await store.AddAsync(kept, default);
        for (var i = 1; i <= 200; i++)
        {
            var many = Enumerable.Range(0, 20).Select(_ => CommandOf(i)).ToArray();
            await Task.WhenAll(many.Select(command => store.AddAsync(command, default).AsTask()));
            foreach (var command in many)
            {
                await store.StrikeAsync(command.Id, default);
            }

            Assert.InRange(new FileInfo(FilePath).Length, 1, 2 * PendingFile.CompactFrom);
        }

        await store.CloseAsync(default);
        Assert.Equal(kept.Id, Assert.Single(await ReadAsync()).Id);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task More_acts_than_the_limit_without_an_answer_are_refused(int count, bool isRefused)
    {
        var store = new FilePendingCommands(FilePath, unansweredMax: 3);
        await store.OpenAsync(default);
        for (var i = 1; i < count; i++)
        {
            await store.AddAsync(CommandOf(i), default);
        }

        var last = store.AddAsync(CommandOf(count), default).AsTask();
        if (isRefused)
        {
            var error = await Assert.ThrowsAsync<PendingCommandsFullException>(() => last);
            Assert.Contains(nameof(MarketClient.ResumePendingAsync), error.Message, StringComparison.Ordinal);
        }

        await Task.WhenAny(last).Soon();
        Assert.Equal(isRefused, last.IsFaulted);
        await store.CloseAsync(default);
        Assert.Equal(Math.Min(count, 3), (await ReadAsync()).Count);
    }

    private static PendingCommand CommandOf(int quantity)
    {
        var id = new MessageId(Guid.CreateVersion7());
        var act = new PublishRequest(id, new RequestDraft("an espresso machine", "", Math.Max(1, quantity)));
        return new PendingCommand(
            Some.Market, Some.Buyer.Number, null, id, WireCatalog.EncodeTagged(act));
    }

    private async Task<FilePendingCommands> OpenAsync()
    {
        var store = new FilePendingCommands(FilePath);
        await store.OpenAsync(default);
        return store;
    }

    private async Task<IReadOnlyList<PendingCommand>> ReadAsync()
    {
        var store = new FilePendingCommands(FilePath);
        var unanswered = await store.OpenAsync(default);
        await store.CloseAsync(default);
        return unanswered;
    }
}
