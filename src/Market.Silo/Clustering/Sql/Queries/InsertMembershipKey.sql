-- One statement, so version and row change together or not at all. A second writer waits for the first one's row lock,
-- then finds another version and changes nothing.
WITH moved AS (
    UPDATE cluster_version SET version = version + 1, changedat = now()
    WHERE deploymentid = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT 1 FROM cluster_silo
        WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deploymentid
), added AS (
    INSERT INTO cluster_silo (
        deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
    SELECT deploymentid, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
        @IAmAliveTime
    FROM moved
    RETURNING 1
)
SELECT count(*)::int FROM added
