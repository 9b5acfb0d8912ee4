create role hook;
create schema authz;
create table authz.subjects (tenant text, sub text, attributes jsonb, suspended boolean);
insert into authz.subjects values
  ('retail', 'alice', '{"role": "CLERK", "level": 3}', false),
  ('retail', 'broken', '{"role": null}', false),
  ('other', 'bob', '{"role": "ADMIN"}', false);
grant usage on schema authz to hook;
grant select on authz.subjects to hook;
