-- A sign of life changes no membership, and so no version.
UPDATE cluster_silo SET iamalivetime = @IAmAliveTime
WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
