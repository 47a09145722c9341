using System.Diagnostics.CodeAnalysis;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>What became of something that was asked of the market: its answer, or a refusal.</summary>
/// <typeparam name="T">The answer.</typeparam>
public readonly record struct MarketResult<T>
    where T : notnull
{
    internal MarketResult(T value) => (Value, IsDone) = (value, true);

    internal MarketResult(Refused refused) => Refused = refused;

    /// <summary>The answer; none where it was refused.</summary>
    public T? Value { get; }

    /// <summary>Why it was refused; null where it is done.</summary>
    public Refused? Refused { get; }

    /// <summary>Whether the market has done it.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refused))]
    public bool IsDone { get; }

    /// <summary>Why, to switch over; <see cref="RefusalCode.None"/> where it is done.</summary>
    public RefusalCode Code => Refused?.RefusalCode ?? RefusalCode.None;

    /// <summary>The answer.</summary>
    /// <exception cref="MarketRefusedException">It was refused.</exception>
    public T OrThrow() => IsDone ? Value : throw new MarketRefusedException(
        Refused ?? throw new InvalidOperationException("The default result is of nothing."));
}

/// <summary>Makes results of calls.</summary>
internal static class MarketResult
{
    /// <summary>The result of a call: a refusal is a value, everything else is thrown still.</summary>
    public static async Task<MarketResult<T>> OfAsync<T>(Task<T> call)
        where T : notnull
    {
        try
        {
            return new MarketResult<T>(await call.ConfigureAwait(false));
        }
        catch (MarketRefusedException refusal)
        {
            return new MarketResult<T>(refusal.Refused);
        }
    }

    /// <summary>The result of a call that answers nothing: true where it is done.</summary>
    public static Task<MarketResult<bool>> OfAsync(Task call) => OfAsync(TrueAfterAsync(call));

    private static async Task<bool> TrueAfterAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }
}
