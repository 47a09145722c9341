using System.Text;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Simulations.Tests.Running.Hosting;

public sealed class HostOutputTests
{
    [Fact]
    public void The_runtimes_last_words_are_kept_and_what_follows_them_is_dropped()
    {
        var (output, shown) = Drain("first\r\nStack overflow.\nRepeat 9000 times:\nat Deeper()\n");
        Assert.Equal(("Stack overflow.", "first\n"), (output.LastWords, shown));
    }

    [Fact]
    public void However_much_is_written_a_bounded_part_is_shown()
    {
        var (output, shown) = Drain(string.Concat(Enumerable.Repeat(new string('x', 10_000) + "\n", 1_000)));
        Assert.Null(output.LastWords);
        Assert.InRange(shown.Length, HostOutput.PassedMax / 2, HostOutput.PassedMax);
    }

    private static (HostOutput Output, string Shown) Drain(string text)
    {
        using var shown = new StringWriter { NewLine = "\n" };
        var output = new HostOutput(shown);
        output.Drain(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        output.Wait(TimeSpan.FromMinutes(1));
        return (output, shown.ToString());
    }
}
