using Market.Client.Tests.Support;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class RefusalCodeTests
{
    [Theory]
    [ClassData(typeof(RefusalEnums))]
    public void Every_refusal_of_the_market_has_a_code_to_switch_over(Type refusals)
    {
        foreach (var value in Enum.GetValues(refusals).Cast<Enum>())
        {
            var refused = Refusals.Of(value);
            Assert.True(Enum.IsDefined(refused.RefusalCode), $"{refusals.Name}.{value} ({refused.Code}) has no code.");
        }
    }

    [Fact]
    public void No_two_refusals_have_the_same_number()
    {
        var values = Enum.GetValues<RefusalCode>();
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.Equal(values.Length, Enum.GetNames<RefusalCode>().Length);
    }

    [Theory]
    [InlineData(NegotiationRefusal.SeqIsStale, true)]
    [InlineData(NegotiationRefusal.OfferSuperseded, true)]
    [InlineData(NegotiationRefusal.OfferIsNotYours, true)] // countered just before it was to be taken back
    [InlineData(NegotiationRefusal.OfferAlreadyAccepted, true)]
    [InlineData(NegotiationRefusal.OfferHashDiffers, false)]
    [InlineData(NegotiationRefusal.RoundsAreExhausted, false)]
    [InlineData(NegotiationRefusal.NegotiationNotFound, false)]
    public void A_refusal_for_the_others_act_is_a_race(NegotiationRefusal refusal, bool isRace) =>
        Assert.Equal(isRace, Refusals.Of(refusal).IsRace);

    [Fact]
    public void The_default_result_is_of_no_act()
    {
        Assert.False(default(ActResult).IsRecorded);
        Assert.Throws<InvalidOperationException>(() => default(ActResult).OrThrow());
    }
}
