-- Which row is worked on first, the smallest: open incidents before settled ones before what is asked for again, and
-- within each the newest first.
alter table translations add column priority bigint not null default 0;

update translations set priority = -published_at;

drop index translations_open;

create index translations_open on translations (priority, incident, locale) where requested > completed;

-- How much the source text gave cause to remark.
alter table incidents add column findings bigint not null default 0;
