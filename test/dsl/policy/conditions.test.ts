import { expect } from 'chai';
import { op, shop } from '../../types/shop.ts';
import { conditionOf } from './reading.ts';

const { permit, forbid, entity, ip, decimal, datetime, duration, set } = shop;
const order = permit().action(op.getOrder).id('x');
const customer = permit().action(op.getCustomer).id('x');
const user = permit().principalIs('User').action(op.putCustomerUser).id('x');

/** What is written -> the Cedar that it prints. */
const printed: Readonly<Record<string, readonly (readonly [policy: object, cedar: string])[]>> = {
  'booleans': [
    [customer.when(({ resource }) => resource.public), 'resource.public'],
    [customer.when(({ resource }) => resource.public.eq(true)), 'resource.public == true'],
    [customer.when(({ resource }) => resource.public.ne(resource.public)), 'resource.public != resource.public'],
    [customer.when(({ resource }) => resource.public.not()), '!resource.public'],
    [customer.when(({ resource, principal }) => resource.public.and(principal.department.eq('x'))), 'resource.public && principal.department == "x"'],
    [customer.when(({ resource, principal }) => resource.public.or(principal.department.eq('x'))), 'resource.public || principal.department == "x"'],
    [order.when(({ resource }) => resource.total.lt(5).ifElse(resource.total, resource.total.plus(1)).eq(5)), '(if resource.total < 5 then resource.total else resource.total + 1) == 5'],
  ],
  'integers': [
    [order.when(({ resource }) => resource.total.eq(-3)), 'resource.total == -3'],
    [order.when(({ resource }) => resource.total.ne(9007199254740993n)), 'resource.total != 9007199254740993'],
    [order.when(({ resource }) => resource.total.lt(1)), 'resource.total < 1'],
    [order.when(({ resource }) => resource.total.lte(1)), 'resource.total <= 1'],
    [order.when(({ resource }) => resource.total.gt(1)), 'resource.total > 1'],
    [order.when(({ resource }) => resource.total.gte(1)), 'resource.total >= 1'],
    [order.when(({ resource }) => resource.total.plus(1).minus(2).times(3).gt(0)), '(resource.total + 1 - 2) * 3 > 0'],
    [order.when(({ resource }) => resource.total.negate().gt(0)), '-resource.total > 0'],
  ],
  'strings': [
    [user.when(({ principal }) => principal.department.eq('a "b"')), 'principal.department == "a \\"b\\""'],
    [user.when(({ principal }) => principal.department.ne('x')), 'principal.department != "x"'],
    [user.when(({ principal }) => principal.department.like('a\\*b*\\\\')), 'principal.department like "a\\*b*\\\\"'],
  ],
  'sets': [
    [user.when(({ principal }) => principal.tags.contains('x')), 'principal.tags.contains("x")'],
    [user.when(({ principal }) => principal.tags.containsAll(['x', 'y'])), 'principal.tags.containsAll(["x", "y"])'],
    [user.when(({ principal }) => principal.tags.containsAny(principal.manager.tags)), 'principal.tags.containsAny(principal.manager.tags)'],
    [user.when(({ principal }) => principal.tags.isEmpty()), 'principal.tags.isEmpty()'],
    [user.when(({ principal }) => principal.tags.eq(['x'])), 'principal.tags == ["x"]'],
    [user.when(({ principal }) => set(['a', 'b']).contains(principal.department)), '["a", "b"].contains(principal.department)'],
    [user.when(({ principal }) => principal.friends.contains(entity('User', 'u'))), 'principal.friends.contains(Shop::User::"acme|u")'],
  ],
  'addresses': [
    [user.when(({ context }) => context.ip.isInRange(ip('10.0.0.0/8'))), 'context.ip.isInRange(ip("10.0.0.0/8"))'],
    [user.when(({ context }) => context.ip.isIpv6()), 'context.ip.isIpv6()'],
  ],
  'decimals': [
    [order.when(({ resource }) => resource.rate.lessThan(decimal('0.05'))), 'resource.rate.lessThan(decimal("0.05"))'],
    [order.when(({ resource }) => resource.rate.greaterThanOrEqual(decimal('0.05'))), 'resource.rate.greaterThanOrEqual(decimal("0.05"))'],
  ],
  'moments and spans': [
    [customer.when(({ resource }) => resource.since.lt(datetime('2026-01-31'))), 'resource.since < datetime("2026-01-31")'],
    [customer.when(({ resource }) => resource.since.offset(duration('1d12h')).gte(resource.since.toDate())), 'resource.since.offset(duration("1d12h")) >= resource.since.toDate()'],
    [customer.when(({ resource }) => resource.since.durationSince(datetime('2026-01-31')).toHours().gt(8)), 'resource.since.durationSince(datetime("2026-01-31")).toHours() > 8'],
  ],
  'entities': [
    [user.when(({ principal, resource }) => resource.owner.eq(principal)), 'resource.owner == principal'],
    [order.when(({ resource }) => resource.owner.manager.ne(entity('User', 'u'))), 'resource.owner.manager != Shop::User::"acme|u"'],
    [order.when(({ resource }) => resource.in(entity('Folder', 'f'))), 'resource in Shop::Folder::"f"'],
    [order.when(({ resource }) => resource.in([entity('Folder', 'f'), entity('Folder', 'g')])), 'resource in [Shop::Folder::"f", Shop::Folder::"g"]'],
    [order.when(({ principal }) => principal.is('Robot')), 'principal is Shop::Robot'],
    [order.when(({ principal, resource }) => principal.is('Robot', (robot) => robot.owner.eq(resource.owner))), 'principal is Shop::Robot && principal.owner == resource.owner'],
  ],
  'what may be absent': [
    [user.when(({ principal }) => principal.nick.exists()), 'principal has nick'],
    [user.when(({ principal }) => principal.nick.has((nick) => nick.eq('x'))), 'principal has nick && principal.nick == "x"'],
    [user.when(({ principal }) => principal.nick.orElse('y').eq('x')), '(if principal has nick then principal.nick else "y") == "x"'],
    [order.when(({ principal }) => principal.has('age', (age) => age.gt(17))), 'principal has age && principal.age > 17'],
    [order.when(({ principal }) => principal.has('tags')), 'principal has tags'],
    [user.when(({ context }) => context.mfa.orElse(false)), 'if context has mfa then context.mfa else false'],
    [user.when(({ principal }) => principal.addr.zip.has((zip) => zip.eq('1'))), 'principal.addr has zip && principal.addr.zip == "1"'],
    [user.when(({ principal }) => principal.addr.has('zip', (zip) => zip.eq('1'))), 'principal.addr has zip && principal.addr.zip == "1"'],
  ],
  'attributes with the name of an operator': [
    [customer.when(({ resource }) => resource.offset.gt(5)), 'resource.offset > 5'],
    [customer.when(({ resource }) => resource.offset.plus(resource.offset).gt(5)), 'resource.offset + resource.offset > 5'],
    [customer.when(({ resource }) => resource.attr('in').eq('x')), 'resource["in"] == "x"'],
  ],
  'the action': [
    [forbid().when(({ action }) => action.eq('POST /order')).id('x'), 'action == Shop::Action::"POST /order"'],
    [forbid().when(({ action }) => action.ne('POST /order')).id('x'), 'action != Shop::Action::"POST /order"'],
    [forbid().when(({ action }) => action.in('customer:read')).id('x'), 'action in Shop::Action::"customer:read"'],
    [forbid().when(({ action }) => action.in(['customer:read', 'customer:write'])).id('x'), 'action in [Shop::Action::"customer:read", Shop::Action::"customer:write"]'],
  ],
}; // prettier-ignore

for (const [what, examples] of Object.entries(printed)) {
  describe(`conditions on ${what}`, () => {
    for (const [policy, cedar] of examples) {
      it(`print ${cedar}`, () => {
        expect(conditionOf(policy)).to.equal(cedar);
      });
    }
  });
}
