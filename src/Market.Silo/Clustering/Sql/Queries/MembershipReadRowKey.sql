-- The version comes back also where there is no such silo.
SELECT v.deploymentid AS "DeploymentId", s.address AS "Address", s.port AS "Port", s.generation AS "Generation",
    s.siloname AS "SiloName", s.hostname AS "HostName", s.status AS "Status", s.proxyport AS "ProxyPort",
    s.suspecttimes AS "SuspectTimes", s.starttime AS "StartTime", s.iamalivetime AS "IAmAliveTime",
    v.version AS "Version"
FROM cluster_version v
LEFT JOIN cluster_silo s ON s.deploymentid = v.deploymentid
    AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE v.deploymentid = @DeploymentId
