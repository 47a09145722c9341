using System.Text.Json.Serialization;

namespace Market.Simulations.Results;

/// <summary>
/// run.json's fields as compiled code: found by reflection they would take longer than the first thousand negotiations.
/// </summary>
[JsonSerializable(typeof(RunInfo))]
internal sealed partial class RunInfoJson : JsonSerializerContext;
