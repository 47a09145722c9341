using Market.Domain;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// A store that is replaced by an old copy of itself (F9). The copy is sound, so the journal alone cannot know; it
/// keeps what lets anyone know who remembers a position and the hash of its row.
/// </summary>
public sealed class SqliteRolledBackTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_old_copy_ends_before_what_is_remembered_and_rows_appended_to_it_have_other_hashes()
    {
        var grain = TestStream.NewGrain();
        var remembered = new List<Hash256>();
        TestFolder old;
        await using (var journal = await _folder.OpenSqliteAsync())
        {
            var stream = await TestStream.OpenAsync(journal, grain, writer: 1);
            for (var i = 0; i < 5; i++)
            {
                await AppendAsync(stream);
            }

            old = _folder.CopyAsAfterKill();
            await AppendAsync(stream);
            await AppendAsync(stream);

            async Task AppendAsync(TestStream to)
            {
                var append = to.Append();
                await append.Outcome;
                remembered.Add(append.Row.Hash);
            }
        }

        using (old)
        {
            await using var restored = await old.OpenSqliteAsync();
            Assert.Equal(5, restored.Head);
            Assert.True(restored.Head < remembered.Count);
            var fork = (await TestStream.OpenAsync(restored, grain, writer: 2)).Append();
            await fork.Outcome;

            var rows = await restored.ReadForwardAsync(0, int.MaxValue);
            Assert.Equal(remembered.Take(5), rows.Take(5).Select(row => row.Hash));
            Assert.NotEqual(remembered[5], rows[5].Hash);
        }
    }
}
