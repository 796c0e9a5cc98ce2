-- The translation memory, with what an export needs and a review adds. The keys of the first form were hashes of more
-- than is stored, so that no key of this form can be made of them: its texts would never be found again.
drop table memory;

create table memory (
    locale text collate "C" not null,
    -- the hash of what decides whether the text may be used: source text, kinds of its placeholders, locales, engine
    key text collate "C" not null,
    -- the hash of the neighbours that the text was made between; empty for the text that is used everywhere else
    context text collate "C" not null,
    source_locale text not null,
    -- source and target with placeholders, and what stands behind each of them as a JSON list
    source text not null,
    kinds text not null,
    target text not null,
    -- null for a human's text
    engine text,
    model text,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (locale, key, context)
);
