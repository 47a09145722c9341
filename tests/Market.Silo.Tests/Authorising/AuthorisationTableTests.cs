using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Gateway.Authorising;

namespace Market.Silo.Tests.Authorising;

public sealed class AuthorisationTableTests
{
    private const int LastAgentType = 199;

    [Fact]
    public void Every_message_of_a_session_and_of_agents_has_its_row_and_nothing_else_has()
    {
        var messages = WireCatalog.Types.Where(static type => type.Key is >= 1 and <= LastAgentType)
            .Select(static type => $"{type.Key} {type.Value.Name}");
        Assert.Equal(messages, AuthorisationTable.Rows.Select(static row => $"{row.Number} {row.Message.Name}"));
    }

    [Fact]
    public void Every_row_has_a_message_to_try_it_with() => Assert.Equal(
        AuthorisationTable.Rows.Select(static row => row.Message.Name).Except([nameof(SignedAct)]).Order(),
        SampleMessages.Types.Select(static type => type.Name).Order());

    [Fact]
    public void A_message_without_a_row_is_refused_to_everyone()
    {
        foreach (var kind in Enum.GetValues<SessionKinds>())
        {
            Assert.Equal(
                nameof(GatewayRefusal.MessageTypeUnknown), Authorisation.Refuse(kind, new Subscribed())?.Name);
        }

        Assert.False(Authorisation.IsSent(WireCatalog.NumberOf(typeof(Subscribed))));
        Assert.False(Authorisation.IsSent(-1));
        Assert.False(Authorisation.IsSent(ushort.MaxValue));
    }

    [Fact]
    public void The_document_has_the_table()
    {
        var document = File.ReadAllText(FindDocument());
        var missing = AuthorisationTable.Rows.Select(RowOf)
            .Where(row => !document.Contains(row, StringComparison.Ordinal))
            .ToList();
        Assert.True(missing.Count == 0, $"docs/authorisation.md lacks these rows:\n{string.Join('\n', missing)}");
        Assert.Equal(
            AuthorisationTable.Rows.Count,
            document.Split('\n').Count(static line => line.Length > 2 && line[0] == '|' && char.IsDigit(line[2])));
    }

    private static string RowOf(AuthorisationRule row) => string.Join(
        " | ",
        $"| {row.Number}",
        row.Message.Name + (row.MayBeSigned ? " (S)" : string.Empty),
        SendersOf(row.Senders),
        row.Things.Count == 0 ? "–" : string.Join("; ", row.Things.Select(static thing => $"{thing.Name}: {thing.Owner}")),
        row.Things.Count == 0 ? "– |" : string.Join("; ", row.Things.Select(static thing => thing.Otherwise)) + " |");

    private static string SendersOf(SessionKinds senders) =>
        senders == SessionKinds.None ? "the market" : senders.ToString().ToLowerInvariant();

    private static string FindDocument()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "docs", "authorisation.md");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("docs/authorisation.md is in no folder above the tests.");
    }
}
