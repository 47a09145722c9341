-- What the silos of a cluster tell each other through the database. None of it is the truth of a market: a cluster
-- that has stopped may drop all of it, and the next silo makes it again.

CREATE TABLE IF NOT EXISTS orleansquery (
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

-- One row a cluster. Its version moves with every change of the membership, so each change names the one before.
CREATE TABLE IF NOT EXISTS cluster_version (
    deploymentid text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changedat timestamptz(3) NOT NULL DEFAULT now()
);

-- One row for each start of a silo.
CREATE TABLE IF NOT EXISTS cluster_silo (
    deploymentid text NOT NULL REFERENCES cluster_version (deploymentid),
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    siloname text NOT NULL,
    hostname text NOT NULL,
    status integer NOT NULL,
    proxyport integer NOT NULL,
    suspecttimes text,
    starttime timestamptz(3) NOT NULL,
    iamalivetime timestamptz(3) NOT NULL,
    PRIMARY KEY (deploymentid, address, port, generation)
);

-- States of grains that are no truth: which silos hold an agent's live sessions. The primary key, which the engine's
-- own schema lacks, lets only one of two first writers win.
CREATE TABLE IF NOT EXISTS cluster_state (
    serviceid text NOT NULL,
    graintypehash integer NOT NULL,
    grainidhash integer NOT NULL,
    grainidn0 bigint NOT NULL,
    grainidn1 bigint NOT NULL,
    graintypestring text NOT NULL,
    grainidextensionstring text NOT NULL,
    payloadbinary bytea,
    version integer NOT NULL,
    changedat timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (
        serviceid, graintypehash, grainidhash, grainidn0, grainidn1, graintypestring, grainidextensionstring)
);
