using Market.Client.Testing.Tests.Killing;

// The test runner loads this program as a library. Started by a test, it is the agent that is killed.
return await KilledSeller.RunAsync(args);
