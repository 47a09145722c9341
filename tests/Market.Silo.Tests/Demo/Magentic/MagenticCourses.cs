using Market.Silo.Commands.Demo.Magentic;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>Compares how two runs of a market went.</summary>
internal static class MagenticCourses
{
    /// <summary>
    /// Asserts that wherever the two courses of a customer's market part, the first act that differs is one of the
    /// owner of what was changed.
    /// </summary>
    /// <returns>The number of customers' markets that went differently.</returns>
    public static int AssertFirstChangeIsOf(
        MagenticId owner, IReadOnlyList<MagenticStep> before, IReadOnlyList<MagenticStep> after)
    {
        var changed = 0;
        foreach (var customer in before.Concat(after).Select(step => step.Customer).Distinct())
        {
            var one = before.Where(step => step.Customer == customer).ToList();
            var two = after.Where(step => step.Customer == customer).ToList();
            var same = one.Zip(two).TakeWhile(pair => pair.First == pair.Second).Count();
            if (same < one.Count || same < two.Count)
            {
                // Where one course ends earlier, the other's next act is the change.
                Assert.All(
                    one.Skip(same).Take(1).Concat(two.Skip(same).Take(1)),
                    step => Assert.Equal(owner, step.Actor));
                changed++;
            }
        }

        return changed;
    }
}
