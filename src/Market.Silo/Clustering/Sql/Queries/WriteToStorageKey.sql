-- No row comes back where another writer was first; the engine takes that for a conflict.
WITH changed AS (
    UPDATE cluster_state SET payloadbinary = @PayloadBinary, version = version + 1, changedat = now()
    WHERE serviceid = @ServiceId AND graintypehash = @GrainTypeHash AND grainidhash = @GrainIdHash
        AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND graintypestring = @GrainTypeString
        AND grainidextensionstring = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING version
), added AS (
    INSERT INTO cluster_state (
        serviceid, graintypehash, grainidhash, grainidn0, grainidn1, graintypestring, grainidextensionstring,
        payloadbinary, version)
    SELECT @ServiceId, @GrainTypeHash, @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeString,
        coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version
)
SELECT version AS "NewGrainStateVersion" FROM changed
UNION ALL
SELECT version FROM added
