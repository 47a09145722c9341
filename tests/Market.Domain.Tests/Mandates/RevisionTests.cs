using Market.Domain.Mandates;
using Market.Domain.Settling;
using Some = Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Mandates;

/// <summary>Suspending, resuming and revoking, told once and told again.</summary>
public sealed class RevisionTests
{
    private readonly MandateTrial _trial = MandateTrial.Under(Some.Mandate());

    [Fact]
    public void Each_change_counts_the_revision_up()
    {
        Assert.Equal((1, MandateStatus.Active), Standing());
        _trial.Book.Does(Suspend(1));
        Assert.Equal((2, MandateStatus.Suspended), Standing());
        _trial.Book.Does(Resume(2));
        Assert.Equal((3, MandateStatus.Active), Standing());
        _trial.Book.Does(new RevokeMandate(Some.MandateOne, Some.Alice));
        Assert.Equal((4, MandateStatus.Revoked), Standing());
    }

    [Fact]
    public void A_change_that_is_told_again_has_no_effect_and_the_same_answer_even_after_later_changes()
    {
        var first = _trial.Book.Does(Suspend(1));
        var second = _trial.Book.Does(Resume(2));
        _trial.Book.Does(Suspend(3));
        _trial.Book.Does(new RevokeMandate(Some.MandateOne, Some.Alice));
        _trial.Book.Restart();

        Assert.Equal(first, _trial.Book.Tell(Suspend(1)).DoneBy);
        Assert.Equal(second, _trial.Book.Tell(Resume(2)).DoneBy);
        Assert.Equal((5, MandateStatus.Revoked), Standing());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_change_of_another_revision_is_refused_and_says_which_one_it_is_now(int revision)
    {
        var refused = _trial.Book.Refuses(Suspend(revision), LedgerRefusal.MandateRevisionIsStale);
        Assert.Equal((revision, 1), (refused.Asked, refused.Allowed));
    }

    [Fact]
    public void A_revoked_mandate_cannot_be_resumed()
    {
        var revoked = _trial.Book.Does(new RevokeMandate(Some.MandateOne, Some.Alice));
        Assert.Equal(revoked, _trial.Book.Refuses(Resume(2), LedgerRefusal.MandateRevoked).Entry);
    }

    [Fact]
    public void A_mandate_that_changed_too_often_can_still_be_revoked()
    {
        for (var revision = 1; revision < MandateLimits.RevisionsMax - 1; revision++)
        {
            _trial.Book.Does(revision % 2 == 1 ? Suspend(revision) : Resume(revision));
        }

        _ = _trial.Book.Refuses(Suspend(MandateLimits.RevisionsMax - 1), LedgerRefusal.MandateRevisionsExhausted);
        _trial.Book.Does(new RevokeMandate(Some.MandateOne, Some.Alice));
        Assert.Equal((MandateLimits.RevisionsMax, MandateStatus.Revoked), Standing());
    }

    private static SuspendMandate Suspend(int revision) => new(Some.MandateOne, Some.Alice, revision);

    private static ResumeMandate Resume(int revision) => new(Some.MandateOne, Some.Alice, revision);

    private (int Revision, MandateStatus Status) Standing() => (_trial.Standing().Revision, _trial.Standing().Status);
}
