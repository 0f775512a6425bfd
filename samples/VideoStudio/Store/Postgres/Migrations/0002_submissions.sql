-- The SDK's submission journal: one row for each ClientRequestId, committed before anything is sent.
create table studio.submissions
(
    client_request_id text        primary key,
    fingerprint       text        not null,
    model             text        not null,
    state             text        not null,
    generation_id     text        null,
    recorded_at       timestamptz not null
);

create index submissions_pending on studio.submissions (recorded_at) where state in ('Intended', 'Accepted');
