namespace Market.Simulations.LanguageModels.Loopback;

/// <summary>How the loopback server answers a request.</summary>
internal enum LoopbackBehaviour
{
    /// <summary>As the script says.</summary>
    Normal,

    /// <summary>429 with Retry-After.</summary>
    TooManyRequests,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>401: the key is wrong.</summary>
    Unauthorized,

    /// <summary>The beginning of an answer, and then nothing until the client gives up.</summary>
    SlowStream,

    /// <summary>200 with a body that is no JSON.</summary>
    BrokenJson,

    /// <summary>A call of a tool that nobody offered.</summary>
    WrongTool,

    /// <summary>A call of a tool whose arguments are no JSON.</summary>
    BrokenArguments,

    /// <summary>The model declines.</summary>
    Refusal,

    /// <summary>The connection is cut in the middle of an answer.</summary>
    CutConnection,
}
