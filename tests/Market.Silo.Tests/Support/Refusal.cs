using System.Globalization;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Tests.Support;

/// <summary>Assertions about refusals.</summary>
internal static class Refusal
{
    public static Refused Is(Enum expected, object? answer)
    {
        var refused = Assert.IsType<Refused>(answer);
        Assert.Equal(expected.ToString(), refused.Name);
        Assert.Equal(Convert.ToInt32(expected, CultureInfo.InvariantCulture), refused.Code);
        Assert.NotEmpty(refused.Explanation);
        return refused;
    }
}
