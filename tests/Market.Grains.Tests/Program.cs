using Market.Grains.Tests.Journaling;

// The test runner loads this program as a library. Started by a test, it is that other process that holds a lock or
// writes a journal until it is killed.
return await OtherProcess.RunAsync(args);
