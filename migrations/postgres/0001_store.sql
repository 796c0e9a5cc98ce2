-- Times are microseconds since 1970 (UTC), documents are JSON, checksums SHA-256 in hex over the text beside them. Names are
-- compared byte by byte (collate "C"), as everywhere in the house.

-- A list of texts as rows, under the name that SQLite has for it, so that one statement serves both databases.
create function json_each(list text) returns table (value text) language sql immutable strict parallel safe as
    'select jsonb_array_elements_text(list::jsonb)';

-- One row per incident: what lists show, so that they never read a text.
create table incidents (
    id text collate "C" not null primary key,
    -- the newest revision
    revision bigint not null,
    -- the newest that its publisher ever gave
    revised_at bigint,
    url text,
    title text not null,
    status text,
    impact text,
    components text not null,
    source_locale text not null,
    published_at bigint not null,
    updated_at bigint not null,
    withdrawn_at bigint
);

create index incidents_listed on incidents (updated_at desc, id desc) where withdrawn_at is null;

-- Immutable: one state of an incident's source text.
create table revisions (
    incident text collate "C" not null references incidents (id),
    number bigint not null,
    content_hash text not null,
    created_at bigint not null,
    report_checksum text not null,
    source_checksum text not null,
    report text not null,
    source text not null,
    primary key (incident, number)
);

-- The row is the job. Work is open while requested > completed; both only grow.
create table translations (
    incident text collate "C" not null references incidents (id),
    locale text collate "C" not null,
    wanted_revision bigint not null,
    -- when the wanted revision was published: the newest is translated first
    published_at bigint not null,
    requested bigint not null,
    -- when the oldest open request was made
    requested_at bigint not null,
    completed bigint not null,
    -- the value of requested that the holder of the lease works on
    claimed bigint,
    lease_token text,
    lease_until bigint,
    -- failed attempts since the last success or the last request
    attempts bigint not null,
    not_before bigint not null,
    reason text,
    -- what an operator asked for: an engine, and no memory
    engine text,
    force boolean not null,
    held boolean not null,
    -- what readers get
    served_version bigint,
    served_revision bigint,
    served_partial boolean not null,
    updated_at bigint not null,
    primary key (incident, locale)
-- Room on the page, so that a lease changes a row where it is and no index.
) with (fillfactor = 70);

create index translations_open on translations (published_at desc, incident, locale) where requested > completed;

-- Immutable: one translation of one revision.
create table versions (
    incident text collate "C" not null,
    locale text collate "C" not null,
    number bigint not null,
    revision bigint not null,
    partial boolean not null,
    title text not null,
    created_at bigint not null,
    checksum text not null,
    rendition text not null,
    primary key (incident, locale, number),
    foreign key (incident, locale) references translations (incident, locale),
    foreign key (incident, revision) references revisions (incident, number)
);

-- The translation memory.
create table memory (
    locale text collate "C" not null,
    key text collate "C" not null,
    source text not null,
    target text not null,
    engine text,
    created_at bigint not null,
    primary key (locale, key)
);

-- Answers to requests that may be repeated.
create table idempotency (
    key text collate "C" not null primary key,
    request_hash text not null,
    answer text not null,
    created_at bigint not null
);

create index idempotency_aged on idempotency (created_at);
