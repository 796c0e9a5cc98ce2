-- Who may call the API: one row for each bearer token, known by its SHA-256 alone. Times are microseconds since 1970.
create table tokens (
    name text not null primary key,
    -- of the whole token, lower-case hex; the token itself is stored nowhere
    hash text not null unique,
    -- publish: publish, withdraw, re-translate; operate: metrics and reasons of failures as well
    scope text not null,
    created_at bigint not null,
    -- null: for good
    expires_at bigint,
    -- null: never
    revoked_at bigint
);
