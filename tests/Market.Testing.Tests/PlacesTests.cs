using System.Globalization;
using Market.Domain;
using Market.Domain.Auditing;

namespace Market.Testing.Tests;

/// <summary>Changes the process's time zone, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(PlacesTests), DisableParallelization = true)]
[Collection(nameof(PlacesTests))]
public sealed class PlacesTests : IDisposable
{
    private const string ZoneVariable = "TZ";
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly string? _zone = Environment.GetEnvironmentVariable(ZoneVariable);

    [Fact]
    public void A_script_has_one_state_hash_and_one_text_in_every_culture_and_time_zone()
    {
        var (hashes, texts, offsets) = (new HashSet<Hash256>(), new HashSet<string>(), new HashSet<TimeSpan>());
        foreach (var zone in new[] { "UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu" })
        {
            Environment.SetEnvironmentVariable(ZoneVariable, zone);
            TimeZoneInfo.ClearCachedData();
            _ = offsets.Add(TimeZoneInfo.Local.BaseUtcOffset);
            foreach (var culture in Cultures())
            {
                CultureInfo.CurrentCulture = culture;
                for (var seed = 0; seed < 5; seed++)
                {
                    var script = LedgerScript.Random(seed, length: 150);
                    _ = hashes.Add(StateHash.Of(LedgerModel.Run(script).Book.State));
                    _ = texts.Add(script.ToString());
                }
            }
        }

        Assert.Equal((5, 5, 4), (hashes.Count, texts.Count, offsets.Count));
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        Environment.SetEnvironmentVariable(ZoneVariable, _zone);
        TimeZoneInfo.ClearCachedData();
    }

    /// <summary>The plain culture, and one of which every sign, separator and calendar differs.</summary>
    private static IEnumerable<CultureInfo> Cultures()
    {
        yield return CultureInfo.InvariantCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "~";
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NumberGroupSeparator = ".";
        odd.NumberFormat.CurrencyDecimalSeparator = ",";
        odd.NumberFormat.PercentSymbol = "per cent";
        odd.DateTimeFormat.DateSeparator = ".";
        odd.DateTimeFormat.TimeSeparator = "h";
        odd.DateTimeFormat.ShortDatePattern = "dd.MM.yy";
        yield return odd;
    }
}
