using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;

namespace Market.Simulations.LanguageModels;

/// <summary>Shows what models would be asked first, and asks nobody.</summary>
internal static class ModelDryRun
{
    /// <summary>Writes the first prompt of each party of a scenario.</summary>
    public static void Write(TextWriter to, LanguageModelSettings settings, Scenario scenario, int rounds)
    {
        for (var place = 0; place < scenario.Profiles.Count; place++)
        {
            var profile = scenario.Profiles[place];
            var side = place == 0 ? Party.Buyer : Party.Seller;
            var view = new NegotiationView(side, scenario.Agenda, 0, rounds, null, false);
            to.WriteLine($"--- {scenario.Name}, {profile.Name}: the first call; nothing is sent ---");
            to.WriteLine(settings.DryRun(new RankedOutcomes(profile.Utility), view));
        }
    }
}
