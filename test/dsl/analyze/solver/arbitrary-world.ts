import * as fc from 'fast-check';
import type { AuthorizationRequest, CedarJson } from '../../../../cedar/engine.ts';

/** A request of the rich schema, and the condition that holds of it and of no request that policies could tell from it. */
export interface Pinned {
  readonly request: AuthorizationRequest;
  readonly pin: string;
}

type Uid = { readonly type: string; readonly id: string };
const uid = (type: string, id: string): Uid => ({ type, id });
const name = ({ type, id }: Uid): string => `${type}::${JSON.stringify(id)}`;

/** A value as JSON and as Cedar text. */
interface Both {
  readonly json: CedarJson;
  readonly text: string;
}
const plain = (value: string | number | boolean): Both => ({ json: value, text: JSON.stringify(value) });
const extension =
  (fn: string) =>
  (arg: string): Both => ({
    json: { __extn: { fn, arg } },
    text: `${fn}(${JSON.stringify(arg)})`,
  });
const reference = (of: Uid): Both => ({ json: { __entity: { ...of } }, text: name(of) });

const pick = <T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
const long = pick(0, 1, -1, 7, 8, 1_000_000).map(plain);
const text = pick('a', 'b', 'ab', '', 'k', 'a*é').map(plain);
const listOf = (...of: readonly Both[]): Both => ({
  json: of.map(({ json }) => json),
  text: `[${of.map((each) => each.text).join()}]`,
});
const cellsOf = (...of: readonly string[]): Both => ({
  json: { cells: of, name: 'g' },
  text: `{ cells: ${JSON.stringify(of)}, name: "g" }`,
});
const texts = fc.subarray(['a', 'b', 'k', ''].map(plain));
const users = ['x', 'y'].map((id) => uid('User', id));
const user = pick(...users).map(reference);
const group = pick('a', 'b').map((id) => reference(uid('Group', id)));
const address = pick('10.1.2.3', '127.0.0.1', '::1', 'ff02::1', '10.1.2.2/31', '126.0.0.0/7').map(
  extension('ip'),
);
const decimal = pick('0.5', '1.2345', '-922337203685477.5808').map(extension('decimal'));
const datetime = pick('2024-02-29', '1969-12-31T23:59:59.999Z', '2024-02-29T13:00:00+0100').map(
  extension('datetime'),
);
const duration = pick('0ms', '1d', '-1ms', '-1500ms', '9223372036854775807ms').map(extension('duration'));
const home = fc.record({ city: text, zip: fc.option(long) });
const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of);

const person = fc.record({
  age: long,
  nick: optional(text),
  friends: optional(group),
  boss: optional(user),
  from: address,
  home,
  second: optional(home),
  born: datetime,
  pay: decimal,
  scopes: texts,
  tags: fc.dictionary(pick('a', 'k'), texts, { maxKeys: 2 }),
  in: fc.subarray(['a', 'b']),
  homes: fc.subarray(['x', 'y'] as const),
});

const world = fc.record({
  who: pick(...users),
  x: person,
  y: person,
  nested: fc.boolean(),
  doc: fc.record({
    owner: user,
    open: fc.boolean().map(plain),
    labels: texts,
    readers: fc.subarray(users.map(reference)),
    role: pick('admin', 'user').map((id) => reference(uid('Role', id))),
    title: text,
    spent: duration,
    filed: fc.boolean(),
    grants: fc.subarray(users.map(reference)),
    parts: fc.subarray([listOf(plain(0)), listOf(plain(0), plain(1)), listOf(plain(8))]),
    grid: fc.subarray([cellsOf('a'), cellsOf('a', 'b')]),
  }),
  folder: fc.dictionary(pick('a', 'k'), long, { maxKeys: 2 }),
  context: fc.record({
    mfa: fc.boolean().map(plain),
    ip: optional(address),
    now: datetime,
    seen: fc.subarray([0, 1, 8].map(plain)),
  }),
});

export const pinned: fc.Arbitrary<Pinned> = world.map((of) => {
  const pins: string[] = [];
  const say = (pin: string, holds = true): void => void pins.push(holds ? pin : `!(${pin})`);
  const attrs = (owner: string, given: Readonly<Record<string, Both | readonly Both[] | Homes | null>>) => {
    const json: Record<string, CedarJson> = {};
    for (const [key, value] of Object.entries(given)) {
      if (value === null) {
        say(`${owner} has ${key}`, false);
        continue;
      }
      if (OPTIONAL.has(key)) say(`${owner} has ${key}`);
      const at = `${owner}.${key}`;
      if ('city' in value) {
        const { city, zip } = value;
        json[key] = attrs(at, { city, zip });
      } else if ('json' in value) {
        json[key] = value.json;
        say(`${at} == ${value.text}`);
      } else {
        json[key] = value.map((member) => member.json);
        say(`${at}.isEmpty()`, value.length === 0);
        if (value.length > 0) say(`${at} == [${value.map((member) => member.text).join()}]`);
      }
    }
    return json;
  };
  const tagged = (owner: string, tags: Readonly<Record<string, Both | readonly Both[]>>) => {
    const json: Record<string, CedarJson> = {};
    for (const key of ['a', 'b', 'ab', 'k', '', 'a*é']) {
      const value = tags[key];
      say(`${owner}.hasTag("${key}")`, value !== undefined);
      if (value === undefined) continue;
      const at = `${owner}.getTag("${key}")`;
      if ('json' in value) {
        json[key] = value.json;
        say(`${at} == ${value.text}`);
      } else {
        json[key] = value.map((member) => member.json);
        say(`${at}.isEmpty()`, value.length === 0);
        if (value.length > 0) say(`${at} == [${value.map((member) => member.text).join()}]`);
      }
    }
    return { tags: json };
  };
  const groups = (own: readonly string[]): string[] => [
    ...new Set([...own, ...(of.nested && own.includes('a') ? ['b'] : [])]),
  ];
  const entities: AuthorizationRequest['entities'][number][] = [];
  const homeOf = (id: 'x' | 'y') => ({
    city: of[id].home.city.json,
    ...(of[id].home.zip && { zip: of[id].home.zip.json }),
  });
  for (const [id, { in: own, tags, homes, ...rest }] of [
    ['x', of.x],
    ['y', of.y],
  ] as const) {
    const self = uid('User', id);
    const above = groups(own);
    for (const each of ['a', 'b']) say(`${name(self)} in Group::"${each}"`, above.includes(each));
    const owned = new Set(homes.map((each) => JSON.stringify(homeOf(each))));
    for (const each of ['x', 'y'] as const) {
      say(`${name(self)}.homes.contains(User::"${each}".home)`, owned.has(JSON.stringify(homeOf(each))));
    }
    say(`[User::"x".home, User::"y".home].containsAll(${name(self)}.homes)`);
    entities.push({
      uid: self,
      attrs: { ...attrs(name(self), rest), homes: [...owned].map((each): CedarJson => JSON.parse(each)) },
      parents: above.map((each) => uid('Group', each)),
      ...tagged(name(self), tags),
    });
  }
  say('Group::"a" in Group::"b"', of.nested);
  say('Group::"b" in Group::"a"', false);
  entities.push(
    { uid: uid('Group', 'a'), attrs: {}, parents: of.nested ? [uid('Group', 'b')] : [] },
    { uid: uid('Group', 'b'), attrs: {}, parents: [] },
  );
  const folder = uid('Folder', 'f');
  entities.push({
    uid: folder,
    attrs: attrs(name(folder), { owner: reference(users[0]!) }),
    parents: [],
    ...tagged(name(folder), of.folder),
  });
  const { filed, grants, ...doc } = of.doc;
  const itself = uid('Doc', 'd');
  say(`resource == ${name(itself)}`);
  say(`resource in ${name(folder)}`, filed);
  entities.push({
    uid: itself,
    attrs: {
      ...attrs('resource', doc),
      grants: grants.map((who) => ({ who: who.json, level: 1, note: 'n' })),
    },
    parents: filed ? [folder] : [],
  });
  for (const who of users) {
    for (const level of [0, 1]) {
      const granted = grants.some(({ text: granted }) => granted === name(who)) && level === 1;
      say(`resource.grants.contains({ who: ${name(who)}, level: ${level}, note: "n" })`, granted);
    }
  }
  if (grants.length === 0) say('resource.grants.isEmpty()');
  else {
    const all = grants.map(({ text: who }) => `{ who: ${who}, level: 1, note: "n" }`);
    say(`[${all.join()}].containsAll(resource.grants)`);
  }
  say(`principal == ${name(of.who)}`);
  const action = uid('Action', 'read');
  entities.push({ uid: action, attrs: {}, parents: [uid('Action', 'any')] });
  const context = attrs('context', of.context);
  return {
    request: { principal: of.who, action, resource: itself, context, entities },
    pin: pins.join('\n&& '),
  };
});

type Homes = { readonly city: Both; readonly zip: Both | null };
const OPTIONAL: ReadonlySet<string> = new Set(['nick', 'friends', 'boss', 'second', 'zip', 'ip']);
