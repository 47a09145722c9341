-- The version comes back also where there is no silo.
SELECT v.deploymentid AS "DeploymentId", s.address AS "Address", s.port AS "Port", s.generation AS "Generation",
    s.siloname AS "SiloName", s.hostname AS "HostName", s.status AS "Status", s.proxyport AS "ProxyPort",
    s.suspecttimes AS "SuspectTimes", s.starttime AS "StartTime", s.iamalivetime AS "IAmAliveTime",
    v.version AS "Version"
FROM cluster_version v
LEFT JOIN cluster_silo s ON s.deploymentid = v.deploymentid
WHERE v.deploymentid = @DeploymentId
