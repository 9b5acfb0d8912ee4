import * as fc from 'fast-check';

/** Conditions over the rich schema, as Cedar text. Most are strictly valid; the others are thrown away. */

type Text = fc.Arbitrary<string>;
const from = (...texts: readonly string[]): Text => fc.constantFrom(...texts);
const made = (of: readonly Text[], make: (...parts: string[]) => string): Text =>
  fc.tuple(...of).map((parts) => make(...parts));

const quoted = from('"a"', '"b"', '"ab"', '"k"', '""', '"a*é"');

/** All kinds of expressions, each of a type, that may hold one another. */
export const { bool: condition } = fc.letrec<{
  bool: string;
  long: string;
  text: string;
  texts: string;
  user: string;
  group: string;
  address: string;
  decimal: string;
  datetime: string;
  duration: string;
  home: string;
}>((tie) => {
  const either = (name: 'long' | 'text' | 'texts' | 'user' | 'group' | 'datetime' | 'duration'): Text =>
    made([tie('bool'), tie(name), tie(name)], (test, yes, no) => `(if ${test} then ${yes} else ${no})`);
  const pick = (plain: Text, ...deeper: readonly Text[]): Text =>
    fc.oneof({ maxDepth: 3, depthIdentifier: 'condition' }, { arbitrary: plain, weight: 3 }, ...deeper);
  const compared = from('<', '<=', '>', '>=', '==', '!=');
  return {
    long: pick(
      from('principal.age', 'resource.owner.age', '0', '1', '-1', '8', '9223372036854775807'),
      made([tie('long'), from('+', '-', '*'), tie('long')], (a, op, b) => `(${a} ${op} ${b})`),
      made([tie('long')], (a) => `(-(${a}))`),
      made(
        [tie('duration'), from('toMilliseconds', 'toSeconds', 'toDays')],
        (a, method) => `${a}.${method}()`,
      ),
      from('(if principal.home has zip then principal.home.zip else 3)'),
      from('(if principal has second && principal.second has zip then principal.second.zip else 4)'),
      either('long'),
    ),
    text: pick(
      from('resource.title', 'principal.home.city', '(if principal has nick then principal.nick else "a")'),
      quoted,
      either('text'),
    ),
    texts: pick(
      from('resource.labels', 'principal.scopes'),
      made([tie('text'), tie('text')], (a, b) => `[${a}, ${b}]`),
      made(
        [tie('user'), tie('text')],
        (user, key) => `(if ${user}.hasTag(${key}) then ${user}.getTag(${key}) else ["a"])`,
      ),
      either('texts'),
    ),
    user: pick(
      from('principal', 'resource.owner', 'User::"x"', 'User::"y"'),
      from('(if principal has boss then principal.boss else principal)'),
      from('(if resource.owner has boss then resource.owner.boss else User::"x")'),
      either('user'),
    ),
    group: pick(
      from('Group::"a"', 'Group::"b"', '(if principal has friends then principal.friends else Group::"a")'),
      either('group'),
    ),
    address: pick(
      from('principal.from', '(if context has ip then context.ip else ip("10.1.2.3"))'),
      from('ip("10.0.0.0/8")', 'ip("127.0.0.1")', 'ip("::1")', 'ip("ff00::/8")', 'ip("10.1.2.3/31")'),
    ),
    decimal: from('principal.pay', 'decimal("0.5")', 'decimal("-922337203685477.5808")', 'decimal("1.2345")'),
    datetime: pick(
      from('context.now', 'principal.born', 'datetime("2024-02-29")', 'datetime("1969-12-31T23:59:59.999Z")'),
      made([tie('datetime'), tie('duration')], (a, b) => `${a}.offset(${b})`),
      made([tie('datetime')], (a) => `${a}.toDate()`),
      either('datetime'),
    ),
    duration: pick(
      from('resource.spent', 'duration("1d")', 'duration("-1ms")', 'duration("2h30m")'),
      made([tie('datetime'), tie('datetime')], (a, b) => `${a}.durationSince(${b})`),
      made([tie('datetime')], (a) => `${a}.toTime()`),
      either('duration'),
    ),
    home: from('principal.home', '(if principal has second then principal.second else principal.home)'),
    bool: pick(
      from('context.mfa', 'resource.open', 'principal has nick', 'principal has boss', 'context has ip'),
      made([tie('long'), compared, tie('long')], (a, op, b) => `${a} ${op} ${b}`),
      made([tie('text'), from('==', '!='), tie('text')], (a, op, b) => `${a} ${op} ${b}`),
      made([tie('text'), from('"a*"', '"*b"', '"*"', '"a*b"', '"a\\*é"', '""')], (a, b) => `${a} like ${b}`),
      made([tie('texts'), tie('text')], (a, b) => `${a}.contains(${b})`),
      made(
        [tie('texts'), from('containsAll', 'containsAny'), tie('texts')],
        (a, method, b) => `${a}.${method}(${b})`,
      ),
      made([tie('texts'), tie('texts')], (a, b) => `${a} == ${b}`),
      made([tie('texts')], (a) => `${a}.isEmpty()`),
      made([tie('long')], (a) => `context.seen.contains(${a})`),
      made([tie('long'), tie('long')], (a, b) => `resource.parts.contains([${a}, ${b}])`),
      made([tie('long'), tie('long')], (a, b) => `resource.parts == [[${a}], [0, ${b}]]`),
      made([tie('long')], (a) => `[[0, ${a}], context.seen].containsAll(resource.parts)`),
      from(
        'resource.parts.contains(context.seen)',
        'resource.parts.isEmpty()',
        '[context.seen] == [[0, 1], [1, 0]]',
      ),
      made([tie('texts')], (a) => `resource.grid.contains({ cells: ${a}, name: "g" })`),
      made(
        [tie('texts')],
        (a) => `resource.grid.containsAny([{ cells: ${a}, name: "g" }, { cells: ["a"], name: "h" }])`,
      ),
      made([tie('user'), tie('user')], (a, b) => `${a} == ${b}`),
      made([tie('user'), tie('group')], (a, b) => `${a} in ${b}`),
      made([tie('user'), tie('group'), tie('group')], (a, b, c) => `${a} in [${b}, ${c}]`),
      made([tie('group'), tie('group')], (a, b) => `${a} in ${b}`),
      made([tie('user')], (a) => `${a} in resource.readers`),
      made([tie('user')], (a) => `resource.readers.contains(${a})`),
      made([tie('user'), tie('group')], (a, b) => `${a} is User in ${b}`),
      made(
        [tie('user'), tie('long')],
        (who, level) => `resource.grants.contains({ who: ${who}, level: ${level}, note: "n" })`,
      ),
      from(
        'resource in Folder::"f"',
        'resource.role == Role::"admin"',
        'action == Action::"read"',
        'action in Action::"any"',
      ),
      made([tie('user'), tie('text')], (a, b) => `${a}.hasTag(${b})`),
      made(
        [from('Folder::"f"'), tie('text'), tie('long')],
        (a, b, c) => `(if ${a}.hasTag(${b}) then ${a}.getTag(${b}) == ${c} else false)`,
      ),
      made([tie('home'), tie('home')], (a, b) => `${a} == ${b}`),
      made([tie('user'), tie('home')], (a, b) => `${a}.homes.contains(${b})`),
      from('principal.homes == resource.owner.homes', 'principal.homes.containsAny(resource.owner.homes)'),
      made(
        [tie('address'), from('isIpv4', 'isIpv6', 'isLoopback', 'isMulticast')],
        (a, method) => `${a}.${method}()`,
      ),
      made([tie('address'), tie('address')], (a, b) => `${a}.isInRange(${b})`),
      made([tie('address'), tie('address')], (a, b) => `${a} == ${b}`),
      made(
        [
          tie('decimal'),
          from('lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'),
          tie('decimal'),
        ],
        (a, method, b) => `${a}.${method}(${b})`,
      ),
      made([tie('datetime'), compared, tie('datetime')], (a, op, b) => `${a} ${op} ${b}`),
      made([tie('duration'), compared, tie('duration')], (a, op, b) => `${a} ${op} ${b}`),
      made([tie('bool'), from('&&', '||'), tie('bool')], (a, op, b) => `(${a}) ${op} (${b})`),
      made([tie('bool'), from('&&', '||'), tie('bool')], (a, op, b) => `(${a}) ${op} (${b})`),
      made([tie('bool')], (a) => `!(${a})`),
      made([tie('bool'), tie('bool'), tie('bool')], (a, b, c) => `if ${a} then ${b} else ${c}`),
    ),
  };
});
