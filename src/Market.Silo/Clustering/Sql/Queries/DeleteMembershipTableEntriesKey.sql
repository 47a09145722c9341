WITH silos AS (
    DELETE FROM cluster_silo WHERE deploymentid = @DeploymentId
)
DELETE FROM cluster_version WHERE deploymentid = @DeploymentId
