using System.Text.Json;
using Market.Domain;

namespace Market.Simulations.Results;

/// <summary>
/// Lines of events.jsonl: <c>{"number":0,"digest":"0123456789abcdef","acts":[17,3,12,-1]}</c>. Act k is of party
/// k mod n in round k / n: the index of the outcome offered, -1 accept, -2 end, -3 failure.
/// </summary>
internal static class EventLine
{
    /// <summary>Appends a line.</summary>
    public static void Write(long number, string digest, ReadOnlySpan<int> acts, Utf8Buffer to)
    {
        to.Append("{\"number\":"u8);
        to.Append(number);
        to.Append(",\"digest\":\""u8);
        to.Append(digest);
        to.Append("\",\"acts\":["u8);
        to.AppendList(acts);
        to.Append("]}\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="ResultFolderException">It is not of this form.</exception>
    public static NegotiationActs Read(string line, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new NegotiationActs(
                root.GetProperty("number").GetInt64(),
                root.GetProperty("digest").GetString() ?? string.Empty,
                root.GetProperty("acts").EnumerateArray().Select(act => act.GetInt32()).ToValueArray());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new ResultFolderException($"{path} has a line that is no negotiation's acts: {Start(line)}", e);
        }
    }

    private static string Start(string line) => line.Length <= 60 ? line : line[..60] + "…";
}
