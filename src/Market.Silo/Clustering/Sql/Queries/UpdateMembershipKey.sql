-- As the insertion: both or neither, and only from the version that the writer has read.
WITH moved AS (
    UPDATE cluster_version SET version = version + 1, changedat = now()
    WHERE deploymentid = @DeploymentId AND version = @Version AND EXISTS (
        SELECT 1 FROM cluster_silo
        WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deploymentid
), changed AS (
    UPDATE cluster_silo s
    SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
    FROM moved
    WHERE s.deploymentid = moved.deploymentid
        AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    RETURNING 1
)
SELECT count(*)::int FROM changed
