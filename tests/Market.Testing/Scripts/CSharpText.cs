using System.Collections;
using System.Globalization;
using System.Reflection;
using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// Values of the domain as C# that makes them again, so that a failure can be pasted into a test. Ids of
/// <see cref="TestIds"/> are named by it; a record is its constructor with the arguments that are not the default.
/// </summary>
public static class CSharpText
{
    /// <summary>The expression that makes a value.</summary>
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => OfText(text),
        Enum named => OfEnum(named),
        Guid guid => $"new Guid(\"{guid}\")",
        TimeSpan span => OfSpan(span),
        LedgerTime time => time == default
            ? "default"
            : $"TestIds.Start + {OfSpan(new TimeSpan(time.Ticks - TestIds.Start.Ticks))}",
        Currency currency => OfCurrency(currency),
        Money money when money.Currency == Currency.Usd => $"TestIds.Usd({Number(money.MinorUnits)})",
        AccountName name => OfAccount(name),
        Hash256 hash => TestIds.NumberOf(hash) is >= 0 and var n
            ? $"TestIds.Hash({n})"
            : $"new Hash256({hash.A}, {hash.B}, {hash.C}, {hash.D})",
        PrincipalNumber or AgentNumber or LedgerCommandId or DealId or ListingId or RequestId or MandateId
            or NegotiationId => OfId(value),
        IFormattable number when value.GetType().IsPrimitive => Number(number),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        _ => OfRecord(value),
    };

    private static string OfText(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string OfEnum(Enum value) => Enum.IsDefined(value.GetType(), value)
        ? $"{value.GetType().Name}.{value}"
        : $"({value.GetType().Name}){value:D}";

    private static string OfSpan(TimeSpan span) => span.Ticks % TimeSpan.TicksPerMinute == 0
        ? $"TimeSpan.FromMinutes({Number(span.Ticks / TimeSpan.TicksPerMinute)})"
        : $"TimeSpan.FromTicks({Number(span.Ticks)})";

    private static string OfCurrency(Currency currency)
    {
        if (currency == default)
        {
            return "default";
        }

        return currency == Currency.Usd ? "Currency.Usd" : $"Currency.Of(\"{currency.Code}\", {currency.Scale})";
    }

    private static string OfId(object id)
    {
        var (name, number) = id switch
        {
            PrincipalNumber principal => ("Principal", principal.Value),
            AgentNumber agent => ("Agent", agent.Value),
            LedgerCommandId command => ("Command", TestIds.NumberOf(command.Value)),
            DealId deal => ("Deal", TestIds.NumberOf(deal.Value)),
            ListingId listing => ("Listing", TestIds.NumberOf(listing.Value, 1)),
            RequestId request => ("Request", TestIds.NumberOf(request.Value, 2)),
            MandateId mandate => ("Mandate", TestIds.NumberOf(mandate.Value, 3)),
            NegotiationId negotiation => ("Negotiation", TestIds.NumberOf(negotiation.Value, 4)),
            _ => ("", -1),
        };
        return number >= 0 ? $"TestIds.{name}({Number(number)})" : OfRecord(id);
    }

    private static string OfAccount(AccountName name)
    {
        if (!name.HoldsItsAsset)
        {
            return OfRecord(name);
        }

        var owner = Of(name.Owner);
        var (text, again) = name.Kind switch
        {
            AccountKind.World => ($"World({Of(name.Asset.ToCurrency())})", AccountName.World(name.Asset.ToCurrency())),
            AccountKind.Fees => ($"Fees({Of(name.Asset.ToCurrency())})", AccountName.Fees(name.Asset.ToCurrency())),
            AccountKind.Funds => ($"Funds({owner}, {Of(name.Asset.ToCurrency())})", name),
            AccountKind.Stock => ($"Stock({owner}, {Of(new ListingId(name.Asset.Subject))})", name),
            AccountKind.Owned => ($"Owned({owner}, {Of(new ListingId(name.Asset.Subject))})", name),
            AccountKind.Need => ($"Need({owner}, {Of(new RequestId(name.Asset.Subject))})", name),
            AccountKind.Filled => (
                $"Filled({Of(new RequestId(name.Asset.Subject))})",
                AccountName.Filled(new RequestId(name.Asset.Subject))),
            _ => ("", default),
        };
        return again == name && text.Length > 0 ? "AccountName." + text : OfRecord(name);
    }

    private static string OfRecord(object value)
    {
        var type = value.GetType();
        if (type.IsValueType && value.Equals(Activator.CreateInstance(type)))
        {
            return "default";
        }

        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new ArgumentException($"{type.Name} has no public constructor to write down.", nameof(value));
        var arguments = constructor.GetParameters()
            .Select(parameter => (Parameter: parameter, Value: ValueOf(type, parameter, value)))
            .ToList();
        while (arguments is [.., var last] && last.Parameter.HasDefaultValue && IsDefault(last.Parameter, last.Value))
        {
            arguments.RemoveAt(arguments.Count - 1);
        }

        return $"new {type.Name}({string.Join(", ", arguments.Select(argument => Of(argument.Value)))})";
    }

    private static object? ValueOf(Type type, ParameterInfo parameter, object value) =>
        (type.GetProperty(parameter.Name!)
            ?? throw new ArgumentException($"{type.Name} does not show its {parameter.Name}.", nameof(value)))
        .GetValue(value);

    // The default of a struct parameter is written as null in the metadata.
    private static bool IsDefault(ParameterInfo parameter, object? value)
    {
        var expected = parameter.DefaultValue;
        if (expected is null && parameter.ParameterType is { IsValueType: true } type)
        {
            expected = Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
        }

        return value is Enum && expected is not null
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
                == Convert.ToInt64(expected, CultureInfo.InvariantCulture)
            : Equals(expected, value);
    }
}
