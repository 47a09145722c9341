UPDATE cluster_state SET payloadbinary = NULL, version = version + 1, changedat = now()
WHERE serviceid = @ServiceId AND graintypehash = @GrainTypeHash AND grainidhash = @GrainIdHash
    AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND graintypestring = @GrainTypeString
    AND grainidextensionstring = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
RETURNING version AS "NewGrainStateVersion"
