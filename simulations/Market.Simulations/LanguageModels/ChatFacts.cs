using System.Text;
using System.Text.Json;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// What a model is told, as one JSON object: numbers and our own words, and never a word of the counterparty. The facts
/// to decide on hold the own preferences; those to answer words with hold only what both sides know.
/// </summary>
/// <param name="own">The own outcomes, ranked.</param>
/// <param name="codec">The words of the agenda.</param>
/// <param name="options">How much is told.</param>
internal sealed class ChatFacts(RankedOutcomes own, AgendaCodec codec, ChatNegotiatorOptions options)
{
    private const int ExamplesMax = 11;
    private const int LevelsShownMax = 64;

    /// <summary>All that the model needs in order to decide.</summary>
    /// <param name="view">What the party sees.</param>
    /// <param name="history">All offers so far.</param>
    /// <param name="least">The least utility that passes.</param>
    public string ToDecide(in NegotiationView view, IReadOnlyList<HistoryLine> history, double least)
    {
        var seen = view;
        return Json(writer =>
        {
            WritePublic(writer, seen);
            WritePreferences(writer, least);
            WriteExamples(writer, least);
            WriteHistory(writer, history, withUtility: true);
            writer.WritePropertyName("standing");
            if (seen.CounterpartyOffer is { } offer)
            {
                WriteOffer(writer, offer, withUtility: true, seen.IsCounterpartyOfferFirm);
            }
            else
            {
                writer.WriteNullValue();
            }
        });
    }

    /// <summary>What both sides know: enough to answer words.</summary>
    public string ToReply(in NegotiationView view, IReadOnlyList<HistoryLine> history)
    {
        var seen = view;
        return Json(writer =>
        {
            WritePublic(writer, seen);
            WriteHistory(writer, history, withUtility: false);
        });
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

    private void WritePublic(Utf8JsonWriter writer, in NegotiationView view)
    {
        if (options.TellsSide)
        {
            writer.WriteString("you", view.Own == Party.Buyer ? "buyer" : "seller");
        }

        writer.WriteNumber("round", view.Round + 1);
        writer.WriteNumber("rounds", view.RoundsMax);
        writer.WriteString("currency", codec.Agenda.Currency.ToString());
        writer.WriteStartArray("issues");
        for (var i = 0; i < codec.Agenda.Issues.Count; i++)
        {
            var issue = codec.Agenda.Issues[i];
            writer.WriteStartObject();
            writer.WriteString("key", codec.KeyOf(i));
            writer.WriteString("meaning", MeaningOf(issue.Kind));
            writer.WriteString("from", codec.TextOf(i, issue.Lowest));
            writer.WriteString("to", codec.TextOf(i, issue.Highest));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WritePreferences(Utf8JsonWriter writer, double least)
    {
        var utility = own.Utility;
        writer.WriteStartObject("preferences");
        writer.WriteString("reading", "utility is bias plus the sum of weight times value; more is better for you");
        writer.WriteNumber("bias", utility.Bias);
        if (double.IsFinite(least))
        {
            writer.WriteNumber("leastUtility", least);
        }

        for (var i = 0; i < utility.Weights.Count; i++)
        {
            writer.WriteStartObject(codec.KeyOf(i));
            writer.WriteNumber("weight", utility.Weights[i]);
            WriteValues(writer, i);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteValues(Utf8JsonWriter writer, int place)
    {
        if (own.Utility.ValueFunctions[place] is LinearValueFunction line)
        {
            writer.WriteNumber("slope", line.Slope);
            writer.WriteNumber("intercept", line.Intercept);
            return;
        }

        // Long tables are shown at equal distances; the examples below are exact.
        var issue = codec.Agenda.Issues[place];
        var step = Math.Max(1, (issue.LevelCount + LevelsShownMax - 1) / LevelsShownMax);
        writer.WriteStartObject("values");
        for (var level = 0L; level < issue.LevelCount; level += step)
        {
            var value = issue.ValueAt(level);
            writer.WriteNumber(codec.TextOf(place, value), own.Utility.ValueFunctions[place].ValueOf(issue, value));
        }

        writer.WriteEndObject();
    }

    /// <summary>Outcomes from the best to the limit, at equal distances of utility.</summary>
    private void WriteExamples(Utf8JsonWriter writer, double least)
    {
        var low = Math.Max(own.UtilityMin, least);
        writer.WriteStartArray("examples");
        Outcome? last = null;
        for (var k = 0; k < ExamplesMax; k++)
        {
            var target = own.UtilityMax - ((own.UtilityMax - low) * k / (ExamplesMax - 1));
            var outcome = own.Nearest(Math.Max(low, target), rationalOnly: true);
            if (outcome != last && own.Utility.Of(outcome) >= least)
            {
                WriteOffer(writer, outcome, withUtility: true);
                last = outcome;
            }
        }

        writer.WriteEndArray();
    }

    private void WriteHistory(Utf8JsonWriter writer, IReadOnlyList<HistoryLine> history, bool withUtility)
    {
        writer.WriteStartArray("history");
        foreach (var line in history.Skip(Math.Max(0, history.Count - options.HistoryMax)))
        {
            writer.WriteStartObject();
            writer.WriteNumber("round", line.Round + 1);
            writer.WriteString("by", line.IsOwn ? "you" : "counterparty");
            WriteParts(writer, line.Outcome, withUtility);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteOffer(Utf8JsonWriter writer, Outcome outcome, bool withUtility, bool? isFirm = null)
    {
        writer.WriteStartObject();
        WriteParts(writer, outcome, withUtility);
        if (isFirm is { } firm)
        {
            writer.WriteBoolean("acceptable", firm && own.Utility.Of(outcome) >= own.Utility.ReservationValue);
        }

        writer.WriteEndObject();
    }

    private void WriteParts(Utf8JsonWriter writer, Outcome outcome, bool withUtility)
    {
        writer.WritePropertyName("values");
        codec.Write(writer, outcome);
        if (withUtility)
        {
            writer.WriteNumber("utility", own.Utility.Of(outcome));
        }
    }

    private static string MeaningOf(IssueKind kind) => kind switch
    {
        IssueKind.UnitPrice => "price of one unit in minor units of the currency",
        IssueKind.TotalPrice => "price of everything in minor units of the currency",
        IssueKind.Quantity => "units that change hands",
        IssueKind.Money => "an amount in minor units of the currency",
        IssueKind.Date => "a date",
        IssueKind.Boolean => "yes or no",
        IssueKind.Choice => "one of several choices",
        IssueKind.Text => "a text that is not negotiated here",
        _ => "a whole number",
    };
}
