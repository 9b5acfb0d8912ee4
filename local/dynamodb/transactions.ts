import { createHash } from 'node:crypto';
import { json, jsonList, optionalText, text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { commit, restore, type Before } from './commit.ts';
import type { Call } from './item-store.ts';
import { isSameItem, keyOf, locked, type Tables, type Target } from './table.ts';

const KINDS = ['Put', 'Update', 'Delete', 'ConditionCheck'] as const;
type Kind = (typeof KINDS)[number];

/** What of an operation stands in a transaction. */
export interface Part {
  readonly kind: Kind;
  readonly input: Json;
}

/** One entry of CancellationReasons. */
interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Json;
}

/** DynamoDB Developer Guide, "Amazon DynamoDB Transactions: How it works". */
const MAX_PARTS = 100;
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

export function transactionOperations(
  call: Call,
  tables: Tables,
): Readonly<Record<string, (input: Json) => Promise<Json>>> {
  const tokens = new Map<string, { readonly hash: string; readonly at: number }>();

  return {
    async TransactWriteItems(input) {
      const parts = transactParts(input);
      const targets = parts.map((part) => targetOf(tables, part));
      if (targets.some((target, index) => targets.slice(0, index).some((other) => isSameItem(other, target))))
        throw new AwsError(
          'ValidationException',
          'Transaction request cannot include multiple operations on one item',
        );
      return commit(call, targets, async (before) => {
        if (isRepeated(tokens, input)) return {};
        await applyAll(call, parts, before);
        remember(tokens, input);
        return {};
      });
    },
    async TransactGetItems(input) {
      const gets = jsonList(input, 'TransactItems').map((part) => json(part, 'Get'));
      const read = gets.map((get) => tables.named(text(get, 'TableName')));
      return locked('shared', read, async () => ({
        Responses: await Promise.all(gets.map((get) => call('GetItem', { ...get, ConsistentRead: true }))),
      }));
    },
  };
}

/** @throws AwsError ValidationException */
export function transactParts(input: Json): Part[] {
  const items = jsonList(input, 'TransactItems');
  if (items.length === 0 || items.length > MAX_PARTS)
    throw new AwsError('ValidationException', `TransactItems must have 1 to ${MAX_PARTS} members`);
  return items.map((item) => {
    const [kind, ...others] = KINDS.filter((name) => item[name] !== undefined);
    if (!kind || others.length > 0)
      throw new AwsError(
        'ValidationException',
        'TransactItems can only contain one of Check, Put, Update or Delete',
      );
    return { kind, input: json(item, kind) };
  });
}

function targetOf(tables: Tables, { kind, input }: Part): Target {
  const table = tables.named(text(input, 'TableName'));
  return { table, key: kind === 'Put' ? keyOf(table, json(input, 'Item')) : json(input, 'Key') };
}

/**
 * Applies all parts or none. Nobody sees the state between: the tables are locked, for reads too. All parts are tried,
 * because the answer gives a reason for each.
 */
async function applyAll(call: Call, parts: readonly Part[], before: readonly Before[]): Promise<void> {
  const reasons: Reason[] = [];
  const applied: Before[] = [];
  const undo = async (): Promise<void> => {
    for (const change of applied) await restore(call, change);
  };
  for (const [index, part] of parts.entries()) {
    const change = before[index]!;
    try {
      await applyPart(call, part, change);
      applied.push(change);
      reasons.push({ Code: 'None' });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') {
        await undo();
        throw error;
      }
      const isWanted = part.input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' && change.item;
      reasons.push({
        Code: 'ConditionalCheckFailed',
        Message: error.message,
        ...(isWanted && { Item: isWanted }),
      });
    }
  }
  if (reasons.every(({ Code }) => Code === 'None')) return;
  await undo();
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );
}

async function applyPart(call: Call, { kind, input }: Part, before: Before): Promise<void> {
  if (kind !== 'ConditionCheck') return void (await call(`${kind}Item`, input));
  // An update without an expression checks the condition, and at most creates an empty item.
  await call('UpdateItem', input);
  await restore(call, before);
}

/** @throws AwsError IdempotentParameterMismatchException */
function isRepeated(tokens: ReadonlyMap<string, { hash: string; at: number }>, input: Json): boolean {
  const known = tokens.get(optionalText(input, 'ClientRequestToken') ?? '');
  if (!known || known.at < Date.now() - TOKEN_LIFETIME_MS) return false;
  if (known.hash !== hashOf(input))
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request',
    );
  return true;
}

function remember(tokens: Map<string, { hash: string; at: number }>, input: Json): void {
  const now = Date.now();
  for (const [token, { at }] of tokens) if (at < now - TOKEN_LIFETIME_MS) tokens.delete(token);
  const token = optionalText(input, 'ClientRequestToken');
  if (token) tokens.set(token, { hash: hashOf(input), at: now });
}

const hashOf = (input: Json): string =>
  createHash('sha256').update(JSON.stringify(input['TransactItems'])).digest('hex');
