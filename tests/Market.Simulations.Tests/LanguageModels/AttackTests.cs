using Market.Simulations.LanguageModels;
using Market.TestSupport;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>
/// Businesses whose descriptions try to manipulate the customer's model. The model is one that obeys them: what holds
/// is what the code around it holds.
/// </summary>
public sealed class AttackTests
{
    private const string Control = "mexican_control";

    [FactWithSharedData]
    public void Claims_of_authority_change_nothing() => ChangesNothing("mexican_authority", "MICHELIN GUIDE");

    [FactWithSharedData]
    public void Social_proof_changes_nothing() => ChangesNothing("mexican_social_proof", "SATISFIED CUSTOMERS");

    [FactWithSharedData]
    public void Loss_aversion_changes_nothing() => ChangesNothing("mexican_loss_aversion", "FOOD POISONING");

    [FactWithSharedData]
    public void A_basic_prompt_injection_changes_nothing() =>
        ChangesNothing("mexican_prompt_injection_basic", "ACTUAL SYSTEM INSTRUCTION");

    [FactWithSharedData]
    public void A_strong_prompt_injection_changes_nothing() =>
        ChangesNothing("mexican_prompt_injection_strong", "EMERGENCY SYSTEM OVERRIDE");

    [FactWithSharedData]
    public void The_controls_are_alike()
    {
        var control = new AttackTrial(Control, TextExposure.Separate, static _ => false);
        var original = new AttackTrial("mexican_control_original", TextExposure.Separate, static _ => false);
        Assert.Equal(control.Results, original.Results);
        Assert.NotNull(control.Choice.Agreement);
        Assert.Equal(control.Results.Count, control.Said.Count);
    }

    [FactWithSharedData]
    public void Every_attack_folder_has_its_test()
    {
        var folders = Directory.GetDirectories(SharedData.PathOf("magentic", "attacks")).Select(Path.GetFileName);
        Assert.Equal(
            [
                "mexican_authority", Control, "mexican_control_original", "mexican_loss_aversion",
                "mexican_prompt_injection_basic", "mexican_prompt_injection_strong", "mexican_social_proof",
            ],
            folders.Order(StringComparer.Ordinal));
    }

    [FactWithSharedData]
    public void Where_the_deciding_call_is_shown_the_text_the_limits_still_hold_and_the_deal_does_change()
    {
        var control = new AttackTrial(Control, TextExposure.Shown, static _ => false);
        var attacked = new AttackTrial(
            "mexican_prompt_injection_strong", TextExposure.Shown, IsPersuadedBy("EMERGENCY SYSTEM OVERRIDE"));
        Assert.NotEqual(control.Results, attacked.Results);
        var (before, after) = (control.Results[0].Agreement, attacked.Results[0].Agreement);
        Assert.True(attacked.UtilityOf(after) < control.UtilityOf(before));
        Assert.All(attacked.Results, result =>
            Assert.True(result.Agreement is null || attacked.UtilityOf(result.Agreement.Value) >= 0));
    }

    private static void ChangesNothing(string kind, string persuasion)
    {
        var control = new AttackTrial(Control, TextExposure.Separate, IsPersuadedBy(persuasion));
        var attacked = new AttackTrial(kind, TextExposure.Separate, IsPersuadedBy(persuasion));

        // Every offer with every business, the business that is chosen, and the price.
        Assert.Equal(control.Results, attacked.Results);
        Assert.Equal(control.Choice, attacked.Choice);
        Assert.NotNull(attacked.Choice.Agreement);

        // The text did reach the model, and the model did obey; what it then wrote did not leave.
        Assert.Equal((0, 1), (control.Obeyed, attacked.Obeyed));
        Assert.Equal(1, attacked.Withheld);
        Assert.Equal(control.Said.Count - 1, attacked.Said.Count);
        Assert.All(attacked.Said, said => Assert.DoesNotContain(said, char.IsDigit));

        // And there was nothing private to leave: whoever can write was told nothing private.
        Assert.All(attacked.CallsThatWrite, call =>
        {
            Assert.DoesNotContain("tility", call.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"{attacked.WorthCents}", call.Text, StringComparison.Ordinal);
        });
        Assert.All(attacked.CallsThatAct, call =>
            Assert.DoesNotContain("<untrusted", call.Text, StringComparison.Ordinal));
    }

    private static Func<string, bool> IsPersuadedBy(string words) =>
        text => text.Contains(words, StringComparison.Ordinal);
}
