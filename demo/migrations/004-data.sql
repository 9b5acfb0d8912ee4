-- Tenants with a little business of their own.
insert into payments.customer (tenant_id, id, name, status, country, segments, risk_rating) values
  ('acme', 'cus-acme', 'Acme Tools GmbH', 'ACTIVE', 'DE', '{BUSINESS}', 'LOW'),
  ('globex', 'cus-globex', 'Globex Chemicals Ltd', 'ACTIVE', 'GB', '{BUSINESS}', 'MEDIUM'),
  ('hooli', 'cus-hooli', 'Hooli Inc', 'ACTIVE', 'US', '{BUSINESS}', null),
  ('retail', 'cus-retail', 'Rita Moreau', 'ACTIVE', 'FR', '{RETAIL}', null);

insert into payments.customer_user (tenant_id, id, customer_id, name, email, status, roles) values
  ('acme', '42', 'cus-acme', 'Ada Lindqvist', 'ada@acme.example', 'ACTIVE', '{PAYEES}'),
  ('acme', '43', 'cus-acme', 'Bruno Castelli', 'bruno@acme.example', 'INVITED', '{}'),
  ('globex', '77', 'cus-globex', 'Grace Okafor', 'grace@globex.example', 'ACTIVE', '{PAYMENTS}'),
  ('retail', '90', 'cus-retail', 'Rita Moreau', 'rita@example.com', 'ACTIVE', '{}');

insert into payments.payee (tenant_id, id, customer_id, name, country, currency, iban, verified) values
  ('acme', 'pay-acme-1', 'cus-acme', 'Lisbon Parts Lda', 'PT', 'EUR', 'PT50000201231234567890154', true),
  ('acme', 'pay-acme-2', 'cus-acme', 'Osaka Steel KK', 'JP', 'JPY', 'JP00000000000000', false),
  ('globex', 'pay-globex-1', 'cus-globex', 'Riga Logistics SIA', 'LV', 'EUR', 'LV80BANK0000435195001', true),
  ('retail', 'pay-retail-1', 'cus-retail', 'Studio Lyon', 'FR', 'EUR', 'FR1420041010050500013M02606', true);

insert into payments.account (tenant_id, id, customer_id, account_type, status, currency, balance, overdraft_limit) values
  ('acme', 'acc-acme-business', 'cus-acme', 'BUSINESS', 'ACTIVE', 'EUR', 1250000, 500000),
  ('acme', 'acc-acme-frozen', 'cus-acme', 'BUSINESS', 'FROZEN', 'EUR', 90000, null),
  ('acme', 'acc-acme-personal', 'cus-acme', 'PERSONAL', 'ACTIVE', 'EUR', 4200, null),
  ('globex', 'acc-globex-business', 'cus-globex', 'BUSINESS', 'ACTIVE', 'GBP', 7800000, null),
  ('hooli', 'acc-hooli', 'cus-hooli', 'BUSINESS', 'ACTIVE', 'USD', 40000, null),
  ('retail', 'acc-retail', 'cus-retail', 'PERSONAL', 'ACTIVE', 'EUR', 310000, null);

insert into payments.transfer (tenant_id, id, account_id, payee_id, status, amount, currency, created_by, reference) values
  ('acme', 'tra-acme-1', 'acc-acme-business', 'pay-acme-1', 'PENDING_APPROVAL', 125000, 'EUR', 'somebody-else', 'Invoice 2026-117'),
  ('globex', 'tra-globex-1', 'acc-globex-business', 'pay-globex-1', 'SENT', 9900, 'GBP', 'somebody-else', null),
  ('retail', 'tra-retail-1', 'acc-retail', 'pay-retail-1', 'SENT', 5500, 'EUR', 'somebody-else', 'Prints');

insert into payments.quote (tenant_id, id, customer_id, source_currency, target_currency, amount, rate, expires_at) values
  ('acme', 'quo-acme-1', 'cus-acme', 'EUR', 'JPY', 125000, 162.45, now() + interval '1 hour'),
  ('globex', 'quo-globex-1', 'cus-globex', 'GBP', 'EUR', 9900, 1.17, now() + interval '1 hour');

insert into payments.statement (tenant_id, id, account_id, month, opening, closing) values
  ('acme', 'sta-acme-2026-01', 'acc-acme-business', '2026-01', 1100000, 1250000),
  ('globex', 'sta-globex-2026-01', 'acc-globex-business', '2026-01', 7500000, 7800000),
  ('retail', 'sta-retail-2026-01', 'acc-retail', '2026-01', 280000, 310000);

insert into payments.report (tenant_id, id, report_type, confidential) values
  ('acme', 'rep-acme-volumes', 'VOLUMES', false),
  ('acme', 'rep-acme-exposure', 'EXPOSURE', true),
  ('globex', 'rep-globex-fees', 'FEES', false);

insert into payments.audit_event (tenant_id, id, category, severity, actor, summary) values
  ('acme', 'aud-acme-1', 'PAYMENT', 2, 'system', 'Transfer tra-acme-1 was started'),
  ('globex', 'aud-globex-1', 'SETTINGS', 1, 'system', 'Payee pay-globex-1 was verified'),
  ('retail', 'aud-retail-1', 'SIGN_IN', 0, 'system', 'First sign-in');
