-- The document contains what the page shows; the studio searches by the columns.
create table studio.generations
(
    id         uuid        primary key,
    version    integer     not null,
    is_over    boolean     not null,
    due_at     timestamptz not null,
    created_at timestamptz not null,
    document   jsonb       not null
);

create index generations_due on studio.generations (due_at) where not is_over;
create index generations_newest on studio.generations (created_at desc);

-- Notifies every instance of every change that a page shows.
create function studio.tell_generation() returns trigger language plpgsql as
$$
begin
    perform pg_notify('studio_generations', new.id::text);
    return null;
end
$$;

create trigger generation_added after insert on studio.generations
    for each row execute function studio.tell_generation();
create trigger generation_changed after update on studio.generations
    for each row when (old.document is distinct from new.document) execute function studio.tell_generation();
