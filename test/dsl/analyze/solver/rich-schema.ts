/** One of everything that strict validation accepts. */
export const RICH_SCHEMA = `
type Home = { city: String, zip?: Long };
entity Group in [Group];
entity User in [Group] {
  age: Long, nick?: String, friends?: Group, boss?: User, from: ipaddr, home: Home, second?: Home, born: datetime,
  pay: decimal, scopes: Set<String>, homes: Set<Home>,
} tags Set<String>;
entity Role enum ["admin", "user"];
entity Folder in [Folder] { owner: User } tags Long;
entity Doc in [Folder] {
  owner: User, open: Bool, labels: Set<String>, readers: Set<User>, grants: Set<{ who: User, level: Long, note: String }>,
  role: Role, title: String, spent: duration, parts: Set<Set<Long>>, grid: Set<{ cells: Set<String>, name: String }>,
};
action any;
action read, write in [any] appliesTo {
  principal: [User], resource: [Doc], context: { mfa: Bool, ip?: ipaddr, now: datetime, seen: Set<Long> },
};
`;
