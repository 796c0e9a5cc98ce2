-- How often texts of the wanted revision were bought since the last success or the last request: a JSON object of counts by
-- a hash of the text; empty where none was.
alter table translations add column purchases text not null default '';
