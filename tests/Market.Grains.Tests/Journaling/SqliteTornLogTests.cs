using System.Buffers.Binary;
using System.Globalization;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// A writer that is killed, and a log that is then cut at the end of each of its frames and in between (F8). Whole
/// commits before the cut are there, and nothing of the one that was cut.
/// </summary>
public sealed class SqliteTornLogTests : IDisposable
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_writers_log_keeps_every_commit_before_the_cut_and_nothing_of_the_one_that_was_cut()
    {
        var acknowledged = await KillAWriterAsync();
        var log = await File.ReadAllBytesAsync(_folder.Store + "-wal");
        var commits = CommitEnds(log);
        Assert.InRange(acknowledged, 1, commits.Count);

        foreach (var cut in Cuts(log))
        {
            using var copy = _folder.CopyAsAfterKill();
            using (var file = new FileStream(copy.Store + "-wal", FileMode.Open))
            {
                file.SetLength(cut);
            }

            await using var survivor = await copy.OpenAsync();
            var whole = commits.Count(end => end <= cut);
            var rows = (await survivor.ReadForwardAsync(0, int.MaxValue)).Select(row => row.Version).ToList();
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows);
            if (whole <= acknowledged)
            {
                Assert.Equal(whole, rows.Count); // each was written alone
            }
            else
            {
                Assert.True(rows.Count > acknowledged); // a cut among what nobody was told of
            }
        }
    }

    private static int FrameLength(byte[] log) =>
        FrameHeaderLength + BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));

    // A frame that ends a commit says how many pages the store then has; the others say 0.
    private static List<int> CommitEnds(byte[] log)
    {
        var ends = new List<int>();
        for (var at = HeaderLength; at + FrameLength(log) <= log.Length; at += FrameLength(log))
        {
            if (BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(at + 4)) != 0)
            {
                ends.Add(at + FrameLength(log));
            }
        }

        return ends;
    }

    // In the header, at each frame's end, inside its header, inside its page, and one byte short of its end.
    private static IEnumerable<int> Cuts(byte[] log)
    {
        int[] within = [0, FrameHeaderLength - 5, FrameLength(log) / 2, FrameLength(log) - 1];
        var frames = Enumerable.Range(0, (log.Length - HeaderLength) / FrameLength(log))
            .SelectMany((frame, i) => within.Where((_, kind) => kind == 0 || (i + kind) % within.Length == 1)
                .Select(offset => HeaderLength + (frame * FrameLength(log)) + offset));
        return frames.Prepend(HeaderLength / 2).Prepend(0).Append(log.Length).Where(cut => cut <= log.Length);
    }

    private async Task<long> KillAWriterAsync()
    {
        using var writer = OtherProcess.AppendRows(_folder.Path);
        var acknowledged = 0L;
        while (await writer.ReadLineAsync() is var line && line != "queued")
        {
            acknowledged = long.Parse(line, CultureInfo.InvariantCulture);
        }

        await writer.KillAsync();
        return acknowledged;
    }
}
