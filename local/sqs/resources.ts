import { optionalNumber, optionalText, type Json } from '../aws/input.ts';
import { observed } from '../program/observed.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import type { QueueSettings } from './queue.ts';
import type { Sqs } from './server.ts';

/** Standard queues. `sqsManagedSseEnabled` asks for encryption at rest; here nothing is at rest. */
export function sqsResources(sqs: Sqs): ResourceHandlers {
  return {
    'aws:sqs/queue:Queue': {
      inputs: ['name', 'visibilityTimeoutSeconds', 'sqsManagedSseEnabled'],
      replaceOn: ['name'],
      async create(inputs, logicalName) {
        const name = optionalText(inputs, 'name') ?? logicalName;
        const { queue, url } = sqs.create(name, settings(inputs));
        return { id: url, state: { ...inputs, name, arn: queue.arn, url } };
      },
      async update(_id, inputs, state) {
        const queue = sqs.byArn(optionalText(state, 'arn') ?? '');
        if (queue) queue.settings = settings(inputs);
        return { ...state, ...inputs };
      },
      async read(_id, inputs, state) {
        const queue = sqs.byArn(optionalText(state, 'arn') ?? '');
        return queue && { inputs: observed(inputs, { ...queue.settings }), state };
      },
      async delete(_id, state) {
        sqs.remove(optionalText(state, 'name') ?? '');
      },
    },
  };
}

/** 30 seconds unless set (Amazon SQS Developer Guide, "Visibility timeout"). */
const settings = (inputs: Json): QueueSettings => ({
  visibilityTimeoutSeconds: optionalNumber(inputs, 'visibilityTimeoutSeconds') ?? 30,
});
