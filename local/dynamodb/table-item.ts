import { isDeepStrictEqual } from 'node:util';
import { isJson, optionalText, text, type Json } from '../aws/input.ts';
import { observedText } from '../program/observed.ts';
import { present } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';

/** Items that are part of the stack. `write` runs an operation on behalf of the role that the program assumes for them. */
export function tableItemResource(
  write: (operation: string, input: Json) => Promise<object>,
): ResourceHandlers {
  /** An item that is there already belongs to somebody else: the program must not take it over. */
  const putNew = (inputs: Json): Promise<object> =>
    write('PutItem', {
      TableName: text(inputs, 'tableName'),
      Item: itemOf(inputs),
      ConditionExpression: 'attribute_not_exists(#hash)',
      ExpressionAttributeNames: { '#hash': text(inputs, 'hashKey') },
    });

  return {
    'aws:dynamodb/tableItem:TableItem': {
      inputs: ['tableName', 'hashKey', 'rangeKey', 'item'],
      replaceOn: ['tableName', 'hashKey', 'rangeKey'],
      async create(inputs) {
        await putNew(inputs);
        return { id: `${text(inputs, 'tableName')}|${JSON.stringify(keyIn(inputs))}`, state: inputs };
      },
      async update(_id, inputs, state) {
        const tableName = text(inputs, 'tableName');
        if (isDeepStrictEqual(keyIn(state), keyIn(inputs))) {
          await write('PutItem', { TableName: tableName, Item: itemOf(inputs) });
        } else {
          await putNew(inputs);
          await write('DeleteItem', { TableName: tableName, Key: keyIn(state) });
        }
        return inputs;
      },
      async read(_id, inputs, state) {
        const key = { TableName: text(state, 'tableName'), Key: keyIn(state) };
        const found = await present(write('GetItem', { ...key, ConsistentRead: true }));
        if (!found || !('Item' in found)) return undefined;
        const item = observedText(inputs['item'], found.Item);
        return { inputs: { ...inputs, item }, state: { ...state, item } };
      },
      async delete(_id, state) {
        await write('DeleteItem', { TableName: text(state, 'tableName'), Key: keyIn(state) });
      },
    },
  };
}

/** The program writes items as DynamoDB JSON text. */
function itemOf(inputs: Json): Json {
  const item: unknown = JSON.parse(text(inputs, 'item'));
  if (!isJson(item)) throw new Error('the item is not an object in DynamoDB JSON');
  return item;
}

function keyIn(inputs: Json): Json {
  const item = itemOf(inputs);
  const names = [text(inputs, 'hashKey'), optionalText(inputs, 'rangeKey')];
  return Object.fromEntries(names.filter((name) => name !== undefined).map((name) => [name, item[name]]));
}
