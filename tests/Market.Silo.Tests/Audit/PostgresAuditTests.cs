using System.Text.Json;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;
using Market.TestSupport;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// The audit of a store in PostgreSQL says what it says of the same rows in a folder, and names a row that changed
/// after it was written.
/// </summary>
public sealed class PostgresAuditTests
{
    private static readonly string[] NumberColumns =
        ["stream", "version", "writer", "previous_writer", "due_at", "audience_first", "audience_second"];

    [FactWithPostgres]
    public async Task The_same_rows_give_the_same_report_and_the_same_views()
    {
        await using var store = await PostgresTestStore.CreateAsync();
        Assert.Equal(
            AuditJson.Of(OfflineAudit.Verify(store.Original)), AuditJson.Of(OfflineAudit.Verify(store.Place)));
        Assert.True(OfflineAudit.Verify(store.Place).IsSound);
        var findings = new AuditFindings();
        Assert.Equal(
            JsonSerializer.Serialize(StoreView.Balances(store.Original, findings)),
            JsonSerializer.Serialize(StoreView.Balances(store.Place, findings)));
        Assert.Equal(
            JsonSerializer.Serialize(StoreView.TrialBalance(store.Original, findings)),
            JsonSerializer.Serialize(StoreView.TrialBalance(store.Place, findings)));
        var deal = store.Rows().Select(static row => WireCatalog.DecodeTagged(row.Body.Span)).OfType<OfferAccepted>()
            .First().Deal.ToString();
        Assert.NotEmpty(DealView.OfDeal(store.Place, deal, findings));
        Assert.Equal(
            JsonSerializer.Serialize(DealView.OfDeal(store.Original, deal, findings)),
            JsonSerializer.Serialize(DealView.OfDeal(store.Place, deal, findings)));
        Assert.Equal(0, findings.Count);
    }

    [FactWithPostgres]
    public async Task A_flipped_bit_of_a_number_names_its_row()
    {
        await using var store = await PostgresTestStore.CreateAsync();
        foreach (var row in SomeRows(store))
        {
            foreach (var column in NumberColumns)
            {
                Change(store, row, $"{column} = coalesce({column}, 0) # 128", column);
            }

            Change(store, row, "position = -position", "position", -row.Position);
        }

        Assert.True(store.Verify().IsSound);
    }

    [FactWithPostgres]
    public async Task A_flipped_byte_of_a_body_or_a_hash_names_its_row()
    {
        await using var store = await PostgresTestStore.CreateAsync();
        foreach (var row in SomeRows(store))
        {
            foreach (var (column, length) in new[] { ("body", row.Body.Length), ("hash", 32) })
            {
                for (var place = 0; place < length; place += 11)
                {
                    var flipped = $"{column} = set_byte({column}, {place}, get_byte({column}, {place}) # 85)";
                    Change(store, row, flipped, $"byte {place} of {column}");
                }
            }
        }

        Assert.True(store.Verify().IsSound);
    }

    [TheoryWithPostgres]
    [InlineData("DELETE FROM market.event WHERE position = 20")]
    [InlineData("DELETE FROM market.stream WHERE number = (SELECT stream FROM market.event WHERE position = 20)")]
    [InlineData("UPDATE market.stream SET key = gen_random_uuid() WHERE number = 2")]
    [InlineData("UPDATE market.store SET market_id = gen_random_uuid()")]
    [InlineData("INSERT INTO market.snapshot VALUES (1, 1000, 1, '', '')")]
    [InlineData("INSERT INTO market.projection VALUES ('catalogue', 1000, '')")]
    public async Task What_is_gone_or_under_another_name_is_found(string damage)
    {
        await using var store = await PostgresTestStore.CreateAsync();
        Assert.True(store.Verify().IsSound);
        store.Execute(damage);
        Assert.False(store.Verify().IsSound);
    }

    [FactWithPostgres]
    public void A_database_without_a_market_is_nothing_to_audit()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        var place = new AuditPlace(".", StoreAddress.Parse(database.Address).ConnectionString);
        var error = Assert.Throws<NotAuditableException>(() => OfflineAudit.Verify(place));
        Assert.Contains("has no market", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Shared.Password, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Changes a row, looks whether the audit names it first, and changes it back.</summary>
    private static void Change(
        PostgresTestStore store, JournalRow row, string change, string what, long? position = null)
    {
        store.Execute($"UPDATE market.event SET {change} WHERE position = {row.Position}");
        var report = store.Verify();
        Assert.False(report.IsSound, what);
        Assert.True(
            report.Errors.Any(error => error.Position == (position ?? row.Position)),
            $"{what} of row {row.Position}: {report.Errors[0]}");
        store.Execute($"DELETE FROM market.event WHERE position = {position ?? row.Position}");
        store.Put(row);
    }

    private static IEnumerable<JournalRow> SomeRows(PostgresTestStore store) => store.Rows()
        .GroupBy(static row => WireCatalog.DecodeTagged(row.Body.Span).GetType()).Select(static of => of.First())
        .Where(static (_, place) => place % 3 == 0);
}
