using System.Globalization;
using System.Text;
using System.Text.Json;
using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.LanguageModels;

/// <summary>What models have used up in a run: a line a model for people, and a file with every negotiator.</summary>
internal static class ModelReport
{
    /// <summary>The file beside the results: how models were asked, then one line a negotiator.</summary>
    public const string FileName = "language-models.jsonl";

    /// <summary>Writes a line for each model; JSON, or words.</summary>
    public static void Write(ModelStrategies models, TextWriter to, bool isJson)
    {
        foreach (var model in models.Seats.GroupBy(static seat => seat.Strategy, StringComparer.Ordinal))
        {
            var accounts = model.Select(static seat => seat.Account).ToList();
            to.WriteLine(isJson
                ? Json(writer => WriteAccounts(writer, model.Key, null, accounts))
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{model.Key}: {accounts.Count} negotiations, {accounts.Sum(static a => a.Calls)} calls, "
                    + $"{accounts.Sum(static a => a.InputTokens)} + {accounts.Sum(static a => a.OutputTokens)} tokens, "
                    + $"cost {accounts.Sum(static a => a.Cost)}; {accounts.Sum(static a => a.ProblemsInAll)} answers "
                    + $"of no use, {accounts.Sum(static a => a.Fallbacks)} turns by the fallback."));
        }
    }

    /// <summary>
    /// Writes the file into a folder of results. A run that goes on keeps what is there, and adds how models are asked
    /// now and its own negotiators: what was paid for before stays on the bill.
    /// </summary>
    /// <param name="models">The models of this session.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="isResumed">Whether an earlier session may have written the file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteFile(ModelStrategies models, string folder, bool isResumed = false)
    {
        var lines = new List<string> { Json(writer => WriteSettings(writer, models.Settings)) };
        var places = PlacesIn(folder);
        lines.AddRange(models.Seats.Select(seat => Json(writer =>
        {
            WriteAccounts(writer, seat.Strategy, seat.Seed, [seat.Account]);

            // Values of a swept parameter play under the same seeds: then the seed alone says which dice were rolled.
            if (places[seat.Seed].ToList() is [var (number, party)])
            {
                writer.WriteNumber("number", number);
                writer.WriteNumber("party", party);
            }
        })));
        var path = Path.Combine(folder, FileName);
        var before = isResumed && File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        var separator = before.Length > 0 && !before.EndsWith('\n') ? "\n" : string.Empty;
        File.WriteAllText(path + ".new", before + separator + string.Join('\n', lines) + "\n");
        File.Move(path + ".new", path, overwrite: true); // a stop in between leaves the earlier file
    }

    // The seats of all negotiations by their seeds, which the run derives from the negotiation's.
    private static ILookup<string, (long Number, int Party)> PlacesIn(string folder) => ResultFolder.ReadRows(folder)
        .SelectMany(static row => row.Parties.Select((_, seat) => (row.Number, row.Seed, Seat: seat)))
        .ToLookup(
            static place => NegotiationRunner.SeatSeedOf(place.Seed, place.Seat).ToString(CultureInfo.InvariantCulture),
            static place => (place.Number, Party: place.Seat + 1),
            StringComparer.Ordinal);

    // The address may hold a user's name or a query; only where it is is written.
    private static void WriteSettings(Utf8JsonWriter writer, LanguageModelSettings settings)
    {
        var negotiator = settings.Negotiator;
        writer.WriteString("endpoint", settings.Endpoint?.GetLeftPart(UriPartial.Path));
        writer.WriteString("answerForm", negotiator.AnswerForm.ToString());
        writer.WriteString("text", negotiator.Exposure.ToString());
        writer.WriteString("fallback", settings.Fallback ?? "repeat");
        writer.WriteNumber("attempts", negotiator.AttemptsMax);
        writer.WriteNumber("callSeconds", negotiator.CallTimeout.TotalSeconds);
        writer.WriteNumber("callsMax", negotiator.CallsMax);
        writer.WriteNumber("tokensMax", negotiator.TokensMax);
        writer.WriteNumber("inputPricePerMillion", negotiator.Price.InputPerMillion);
        writer.WriteNumber("outputPricePerMillion", negotiator.Price.OutputPerMillion);
    }

    private static void WriteAccounts(Utf8JsonWriter writer, string name, string? seed, List<ChatAccount> accounts)
    {
        writer.WriteString("model", name);
        if (seed is not null)
        {
            writer.WriteString("seed", seed);
        }

        writer.WriteNumber("negotiations", accounts.Count);
        writer.WriteNumber("calls", accounts.Sum(static a => a.Calls));
        writer.WriteNumber("inputTokens", accounts.Sum(static a => a.InputTokens));
        writer.WriteNumber("outputTokens", accounts.Sum(static a => a.OutputTokens));
        writer.WriteNumber("cost", accounts.Sum(static a => a.Cost));
        writer.WriteNumber("fallbacks", accounts.Sum(static a => a.Fallbacks));
        writer.WriteNumber("budgetStops", accounts.Sum(static a => a.BudgetStops));
        foreach (var problem in Enum.GetValues<ChatProblem>())
        {
            var key = JsonNamingPolicy.CamelCase.ConvertName(problem.ToString());
            writer.WriteNumber(key, accounts.Sum(account => account.CountOf(problem)));
        }

        if (accounts.Select(static a => a.LastProviderError).LastOrDefault(static e => e is not null) is { } error)
        {
            writer.WriteString("lastProviderError", error);
        }
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
