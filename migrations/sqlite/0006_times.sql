-- An incident's own times, which readers see and lists are sorted by, beside the times at which it arrived here.
drop index incidents_listed;

alter table incidents rename column published_at to received_at;
alter table incidents rename column updated_at to changed_at;

alter table incidents add column published_at bigint not null default 0;
alter table incidents add column updated_at bigint not null default 0;
alter table incidents add column started_at bigint not null default 0;
-- empty while it is open
alter table incidents add column resolved_at bigint;

-- Of what is there the entries tell the times, where they have any, in whole seconds. What was published before this
-- has no other times of its own.
update incidents set
    started_at = coalesce(entries.first, received_at),
    published_at = min(coalesce(entries.first, received_at), received_at),
    updated_at = max(
        coalesce(revised_at, entries.last, changed_at), min(coalesce(entries.first, received_at), received_at)
    ),
    resolved_at = case when status in ('resolved', 'completed', 'postmortem')
        then coalesce(entries.ended, entries.last, received_at) end
from (
    select r.incident, r.number,
        min(cast(strftime('%s', u.value ->> 'at') as integer)) * 1000000 as first,
        max(cast(strftime('%s', u.value ->> 'at') as integer)) * 1000000 as last,
        max(case when u.value ->> 'status' in ('resolved', 'completed')
            then cast(strftime('%s', u.value ->> 'at') as integer) end) * 1000000 as ended
    from revisions r left join json_each(case when json_valid(r.report) then r.report else '{}' end, '$.updates') u on true
    group by r.incident, r.number
) as entries
where entries.incident = incidents.id and entries.number = incidents.revision;

create index incidents_listed on incidents (published_at desc, id desc) where withdrawn_at is null;

-- The first of the revisions that have the newest one's title: a translation of an older one has another title.
alter table incidents add column title_since bigint not null default 1;

-- The engines whose text is in a version, a list, so that a history can be shown without reading the texts.
alter table versions add column engines text not null default '[]';

update versions set engines = (
    select json_group_array(distinct segment.value -> 'origin' ->> 'engine')
    from json_each(case when json_valid(rendition) then rendition else '{}' end, '$.segments') segment
    where segment.value -> 'origin' ->> 'engine' is not null
);
