-- Attempts since the last success or the last request that had texts of engines, none of which could be published.
alter table translations add column futile bigint not null default 0;
