-- 3 is an active silo: whoever counts as active is declared dead first, and only then forgotten.
DELETE FROM cluster_silo
WHERE deploymentid = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3
