using System.Globalization;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Scenarios.Linting;

/// <summary>Looks at all outcomes: ties, reservation values, the zone of agreement.</summary>
internal static class OutcomeLint
{
    /// <summary>Adds what is found.</summary>
    public static void Check(LoadedScenario loaded, int count, List<Finding> found)
    {
        var scenario = loaded.Scenario;
        var isRational = new bool[count];
        Array.Fill(isRational, true);
        var isReachable = true;
        for (var p = 0; p < scenario.Profiles.Count; p++)
        {
            var utilities = OutcomeUtilities.Of(scenario.Profiles[p].Utility, count);
            if (!Array.TrueForAll(utilities, double.IsFinite))
            {
                found.Add(new Finding(
                    Severity.Error, "not-finite", scenario.Name, loaded.Profiles[p].Whole,
                    $"A utility of '{scenario.Profiles[p].Name}' is not finite.",
                    "Make its weights or values smaller."));
                return;
            }

            var reservation = scenario.Profiles[p].Utility.ReservationValue;
            for (var i = 0; i < count; i++)
            {
                isRational[i] &= utilities[i] >= reservation;
            }

            Array.Sort(utilities);
            isReachable &= CheckReservation(loaded, p, utilities, found);
            CheckTies(loaded, p, utilities, found);
        }

        if (isReachable && !isRational.Contains(true))
        {
            found.Add(new Finding(
                Severity.Error, "no-agreement-zone", scenario.Name, loaded.Profiles[0].Reservation,
                "No outcome is worth its reservation value to every party, so that there can be no agreement.",
                "Lower a reservation value."));
        }
    }

    private static bool CheckReservation(LoadedScenario loaded, int party, double[] sorted, List<Finding> found)
    {
        var profile = loaded.Scenario.Profiles[party];
        var reservation = profile.Utility.ReservationValue;
        if (reservation > sorted[^1])
        {
            found.Add(new Finding(
                Severity.Error, "reservation-unreachable", loaded.Scenario.Name, loaded.Profiles[party].Reservation,
                $"The reservation value of '{profile.Name}' is {NumberText.Of(reservation)}, and its best outcome is "
                    + $"worth {NumberText.Of(sorted[^1])}: it can accept nothing.",
                "Lower the reservation value."));
            return false;
        }

        if (double.IsFinite(reservation) && reservation < sorted[0])
        {
            found.Add(new Finding(
                Severity.Info, "reservation-idle", loaded.Scenario.Name, loaded.Profiles[party].Reservation,
                $"The reservation value of '{profile.Name}' is {NumberText.Of(reservation)}, and its worst outcome is "
                    + $"worth {NumberText.Of(sorted[0])}: it can accept everything.",
                "Raise it, or write -.inf to say that any agreement is better than none."));
        }

        return true;
    }

    private static void CheckTies(LoadedScenario loaded, int party, double[] sorted, List<Finding> found)
    {
        var tied = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var isTied = (i > 0 && sorted[i] == sorted[i - 1]) || (i + 1 < sorted.Length && sorted[i] == sorted[i + 1]);
            tied += isTied ? 1 : 0;
        }

        if (tied > 0)
        {
            var many = tied.ToString("N0", CultureInfo.InvariantCulture);
            var all = sorted.Length.ToString("N0", CultureInfo.InvariantCulture);
            var name = loaded.Scenario.Profiles[party].Name;
            found.Add(new Finding(
                Severity.Warning, "ties", loaded.Scenario.Name, loaded.Profiles[party].Whole,
                $"{many} of {all} outcomes have the same utility as another to '{name}'. Here the lowest index wins; "
                    + "other programs may choose another one.",
                "Make weights or values irregular, such as 0.3021 for 0.3."));
        }
    }
}
