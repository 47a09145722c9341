namespace Market.Simulations.Running.Users;

/// <summary>Where the code of a user's strategy is.</summary>
/// <param name="Assembly">The assembly's full path.</param>
/// <param name="TypeName">The full name of the class.</param>
internal sealed record UserCode(string Assembly, string TypeName);
