// These tests start processes, load them, and measure how soon they stop: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
