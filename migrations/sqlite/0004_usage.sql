-- What engines were billed: one row per engine, target locale and day of UTC, as `YYYY-MM-DD`.
create table usage (
    engine text not null,
    day text not null,
    locale text not null,
    calls bigint not null,
    -- in the engine's own unit: characters for most, tokens for language models
    units bigint not null,
    -- calls that were not made, since the budget did not cover them
    refused bigint not null,
    primary key (engine, day, locale)
);
