SELECT payloadbinary AS "PayloadBinary", version AS "Version"
FROM cluster_state
WHERE serviceid = @ServiceId AND graintypehash = @GrainTypeHash AND grainidhash = @GrainIdHash
    AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND graintypestring = @GrainTypeString
    AND grainidextensionstring = coalesce(@GrainIdExtensionString, '')
